import { maxPool2d, mean, reshape } from '@gradus/autodiff';
import { formatShape, ShapeError, sizeOf, type Shape, type Tensor } from '@gradus/tensor';
import { checkFlags } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { checkSpatial } from '../options/checkSpatial';
import { defineLayer, type Layer } from '../core/layer';

/** Options of the layers that pool all of a sample, with Keras's names and defaults. */
export interface GlobalPoolingConfig {
  /** Whether the axes that are pooled stay, with size 1. Default false. */
  readonly keepDims?: boolean;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * The largest number of each channel, from [length, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no sequence of at least one place.
 */
export function globalMaxPooling1d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalMaxPooling1d', spatialAxes: 1, pool: largest }, config);
}

/**
 * The largest number of each channel, from [height, width, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no image of at least one pixel.
 */
export function globalMaxPooling2d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalMaxPooling2d', spatialAxes: 2, pool: largest }, config);
}

/**
 * The largest number of each channel, from [depth, height, width, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no volume of at least one place.
 */
export function globalMaxPooling3d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalMaxPooling3d', spatialAxes: 3, pool: largest }, config);
}

/**
 * The mean of each channel, from [length, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no sequence of at least one place.
 */
export function globalAveragePooling1d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalAveragePooling1d', spatialAxes: 1, pool: average }, config);
}

/**
 * The mean of each channel, from [height, width, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no image of at least one pixel.
 */
export function globalAveragePooling2d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalAveragePooling2d', spatialAxes: 2, pool: average }, config);
}

/**
 * The mean of each channel, from [depth, height, width, channels] to [channels].
 * @throws OptionError if keepDims is neither true nor false.
 * @throws ShapeError, when it is built, if the input is no volume of at least one place.
 */
export function globalAveragePooling3d(config: GlobalPoolingConfig = {}): Layer {
  return globalPooling({ kind: 'globalAveragePooling3d', spatialAxes: 3, pool: average }, config);
}

/** Which of the layers above it is. */
interface GlobalPooling {
  readonly kind: string;
  readonly spatialAxes: 1 | 2 | 3;
  /** From [batch, 1, places, channels] to [batch, 1, 1, channels]. */
  readonly pool: (rows: Tensor) => Tensor;
}

function globalPooling(
  { kind, spatialAxes, pool }: GlobalPooling,
  given: GlobalPoolingConfig,
): Layer {
  const config = frozenOptions(kind, given);
  const { keepDims = false } = config;
  checkFlags(kind, { keepDims });
  const outputShape = (input: Shape): Shape => {
    checkSpatial(kind, input, spatialAxes);
    checkPlaces(kind, input);
    const channels = input.at(-1)!;
    return keepDims ? [...input.slice(0, -1).map(() => 1), channels] : [channels];
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    outputShape,
    build(input) {
      const sample = outputShape(input);
      const row = [1, sizeOf(input.slice(0, -1)), input.at(-1)!];
      return (x) => {
        const batch = x.shape[0]!;
        return reshape(pool(reshape(x, [batch, ...row])), [batch, ...sample]);
      };
    },
  });
}

/** Where numbers tie the first takes the gradient, as in the other layers of max pooling. */
function largest(rows: Tensor): Tensor {
  return maxPool2d(rows, { poolSize: [1, rows.shape[2]!] });
}

function average(rows: Tensor): Tensor {
  return mean(rows, { axis: 2, keepDims: true });
}

const nouns = { 1: 'sequences', 2: 'images', 3: 'volumes' };
const units = { 1: '1 place', 2: '1x1 pixels', 3: '1x1x1 places' };

function checkPlaces(op: string, input: Shape): void {
  const places = input.slice(0, -1);
  if (!places.includes(0)) return;
  const dimensions = places.length as 1 | 2 | 3;
  throw new ShapeError({
    op,
    expected: `${nouns[dimensions]} of at least ${units[dimensions]}`,
    received: formatShape(input),
  });
}
