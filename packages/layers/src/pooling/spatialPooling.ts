import {
  alongAxes,
  avgPool,
  maxPool,
  poolWindows,
  type AlongAxes,
  type PaddingAlongAxes,
} from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkSpatial } from '../options/checkSpatial';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { windowOf } from '../options/windowOf';

/** Options of pooling along one axis or three, with Keras's names and defaults. */
export interface SpatialPoolingConfig {
  /** The size of the windows along each spatial axis, or one number for all. Default 2. */
  readonly poolSize?: AlongAxes;
  /** Distance between neighbouring windows. Default: the pool size. */
  readonly strides?: AlongAxes;
  /**
   * `[before, after]` for each axis, one number for all, 'same' or 'valid'. It wins no maximum and counts
   * in no mean. Default 'valid'.
   */
  readonly padding?: PaddingAlongAxes;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * The largest number of each window, from [length, channels] to [length', channels]. Where numbers are
 * equal, the first takes the gradient.
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function maxPooling1d(config: SpatialPoolingConfig = {}): Layer {
  return spatialPooling({ kind: 'maxPooling1d', spatialAxes: 1, pool: maxPool }, config);
}

/**
 * The largest number of each window, from [depth, height, width, channels] to [depth', height', width',
 * channels]. Where numbers are equal, the first takes the gradient.
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function maxPooling3d(config: SpatialPoolingConfig = {}): Layer {
  return spatialPooling({ kind: 'maxPooling3d', spatialAxes: 3, pool: maxPool }, config);
}

/**
 * The mean of each window, from [length, channels] to [length', channels].
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function averagePooling1d(config: SpatialPoolingConfig = {}): Layer {
  return spatialPooling({ kind: 'averagePooling1d', spatialAxes: 1, pool: avgPool }, config);
}

/**
 * The mean of each window, from [depth, height, width, channels] to [depth', height', width', channels].
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function averagePooling3d(config: SpatialPoolingConfig = {}): Layer {
  return spatialPooling({ kind: 'averagePooling3d', spatialAxes: 3, pool: avgPool }, config);
}

/** Which of the layers above it is. */
interface SpatialPooling {
  readonly kind: string;
  readonly spatialAxes: 1 | 3;
  readonly pool: typeof maxPool;
}

function spatialPooling(
  { kind, spatialAxes, pool }: SpatialPooling,
  given: SpatialPoolingConfig,
): Layer {
  const config = frozenOptions(kind, given);
  const { poolSize = 2, strides = poolSize, padding = 'valid' } = config;
  const size = alongAxes(kind, 'poolSize', poolSize, spatialAxes);
  const options = { poolSize: size, strides, padding };
  const outputShape = (input: Shape): Shape => {
    checkSpatial(kind, input, spatialAxes);
    const windows = poolWindows(kind, [1, ...input], options);
    return [...windows.map(({ output }) => output), input.at(-1)!];
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    window: windowOf(size, alongAxes(kind, 'strides', strides, spatialAxes)),
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => pool(x, options);
    },
  });
}
