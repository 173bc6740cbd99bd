import { add, conv2d as convolve, type Padding, type PerAxis } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { resolveActivation, type Activation } from './activations';
import type { InitializerLike } from './initializers';
import { defineLayer, type Layer } from './layer';

/** Options of `conv2d`, with Keras's names and defaults. */
export interface Conv2dConfig {
  /** Number of output channels. */
  readonly filters: number;
  /** Height and width of the kernel, or one number for both. */
  readonly kernelSize: PerAxis;
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilationRate?: PerAxis;
  /** Default 1. */
  readonly groups?: number;
  /** Default none. */
  readonly activation?: Activation;
  /** Whether a number is added to each output channel. Default true. */
  readonly useBias?: boolean;
  /** Default 'glorotUniform'. */
  readonly kernelInitializer?: InitializerLike;
  /** Default 'zeros'. */
  readonly biasInitializer?: InitializerLike;
  /** Whether training changes the weights. Default true. */
  readonly trainable?: boolean;
  /** Default 'conv2d'. */
  readonly name?: string;
}

/**
 * A convolution layer: from [height, width, channels] to [height', width', filters]. Its weights are
 * `kernel`, [kernelHeight, kernelWidth, channels / groups, filters], and `bias`, [filters].
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function conv2d(config: Conv2dConfig): Layer {
  const { filters, kernelSize, groups = 1, useBias = true, trainable = true } = config;
  const [height, width] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
  const options = {
    strides: config.strides ?? 1,
    padding: config.padding ?? 'valid',
    dilations: config.dilationRate ?? 1,
    groups,
  };
  const activate = resolveActivation(config.activation);
  const kernelShape = (input: Shape): Shape => [height, width, (input[2] ?? 0) / groups, filters];
  const outputShape = (input: Shape): Shape => {
    const shapes = { x: [1, ...input], filter: kernelShape(input) };
    return convolve.definition.shape(shapes, options).slice(1);
  };
  return defineLayer<Tensor>({
    kind: 'conv2d',
    name: config.name,
    config,
    outputShape,
    build(input, scope) {
      outputShape(input);
      const kernel = scope.variable(
        'kernel',
        kernelShape(input),
        config.kernelInitializer ?? 'glorotUniform',
        { trainable },
      );
      if (!useBias) return (x) => activate(convolve(x, kernel.value, options));
      const bias = scope.variable('bias', [filters], config.biasInitializer ?? 'zeros', {
        trainable,
      });
      return (x) => activate(add(convolve(x, kernel.value, options), bias.value));
    },
  });
}
