import { averagePool2d, maxPool2d, type Padding, type PerAxis } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkImage } from './checkImage';
import { defineLayer, type Layer } from './layer';

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
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function maxPooling2d(config: Pooling2dConfig = {}): Layer {
  return poolingLayer('maxPooling2d', maxPool2d, config);
}

/** Whether a layer is max pooling over squares of 2x2 pixels next to each other, without padding. */
export function isSquareMaxPooling({ kind, config }: Layer): boolean {
  if (kind !== 'maxPooling2d') return false;
  const { poolSize, strides, padding } = resolved(config);
  const twoByTwo = (size: PerAxis): boolean => [size].flat().every((n) => n === 2);
  return twoByTwo(poolSize) && twoByTwo(strides) && padding === 'valid';
}

/**
 * The mean of each window, from [height, width, channels] to [height', width', channels].
 * @throws ShapeError or OptionError, when it is built, if the windows do not fit the input.
 */
export function averagePooling2d(config: Pooling2dConfig = {}): Layer {
  return poolingLayer('averagePooling2d', averagePool2d, config);
}

function poolingLayer(kind: string, pool: typeof maxPool2d, config: Pooling2dConfig): Layer {
  const options = resolved(config);
  const outputShape = (input: Shape): Shape => {
    checkImage(kind, input);
    return pool.definition.shape({ x: [1, ...input] }, options).slice(1);
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config: Object.freeze({ ...config }),
    outputShape,
    build(input) {
      outputShape(input);
      return (x) => pool(x, options);
    },
  });
}

/** The options with their defaults. */
function resolved({ poolSize = 2, strides = poolSize, padding = 'valid' }: Pooling2dConfig) {
  return { poolSize, strides, padding };
}
