import { alongAxes, averagePool2d, maxPool2d, type Padding, type PerAxis } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { windowOf } from '../options/windowOf';

/** Options of `maxPooling2d` and `averagePooling2d`, with Keras's names and defaults. */
export interface Pooling2dConfig {
  /** Height and width of the windows, or one number for both. Default 2. */
  readonly poolSize?: PerAxis;
  /** Distance between neighbouring windows. Default: the pool size. */
  readonly strides?: PerAxis;
  /** Default 'valid'. Pixels of padding win no maximum and count in no mean. */
  readonly padding?: Padding;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * The largest number of each window, from [height, width, channels] to [height', width', channels].
 * Where numbers are equal, the first takes the gradient.
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function maxPooling2d(config: Pooling2dConfig = {}): Layer {
  return poolingLayer('maxPooling2d', maxPool2d, config);
}

/**
 * The mean of each window, from [height, width, channels] to [height', width', channels].
 * @throws OptionError if poolSize or strides is out of range.
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function averagePooling2d(config: Pooling2dConfig = {}): Layer {
  return poolingLayer('averagePooling2d', averagePool2d, config);
}

function poolingLayer(kind: string, pool: typeof maxPool2d, given: Pooling2dConfig): Layer {
  const config = frozenOptions(kind, given);
  const { poolSize = 2, strides = poolSize, padding = 'valid' } = config;
  const options = { poolSize, strides, padding };
  const window = windowOf(
    alongAxes(kind, 'poolSize', poolSize, 2),
    alongAxes(kind, 'strides', strides, 2),
  );
  const outputShape = (input: Shape): Shape => {
    checkImage(kind, input);
    return pool.definition.shape({ x: [1, ...input] }, options).slice(1);
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    window,
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => pool(x, options);
    },
  });
}
