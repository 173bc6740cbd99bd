import {
  conv2d as convolve,
  conv2dBias,
  conv2dBiasMaxPool,
  type Padding,
  type PerAxis,
} from '@gradus/autodiff';
import { formatShape, OptionError, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { resolveActivation, type Activation } from './activations';
import { checkImage } from './checkImage';
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
 * @throws OptionError if filters, kernelSize, groups or activation is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function conv2d(config: Conv2dConfig): Layer {
  const { filters, kernelSize, groups = 1, useBias = true, trainable = true } = config;
  const { kernelInitializer = 'glorotUniform', biasInitializer = 'zeros' } = config;
  const [height, width] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
  checkCounts({ filters, kernelSize: height, groups });
  checkCounts({ kernelSize: width });
  checkGroups(filters, groups);
  const options = {
    strides: config.strides ?? 1,
    padding: config.padding ?? 'valid',
    dilations: config.dilationRate ?? 1,
    groups,
  };
  const activate = resolveActivation(config.activation);
  const kernelShape = (input: Shape): Shape => {
    checkInput(input, groups);
    return [height, width, input[2]! / groups, filters];
  };
  const outputShape = (input: Shape): Shape => {
    const shapes = { filter: kernelShape(input), x: [1, ...input] };
    return convolve.definition.shape(shapes, options).slice(1);
  };
  return defineLayer<Tensor>({
    kind: 'conv2d',
    name: config.name,
    config: Object.freeze({ ...config }),
    outputShape,
    build(input, scope) {
      outputShape(input);
      const shape = kernelShape(input);
      const kernel = scope.variable('kernel', shape, kernelInitializer, { trainable });
      if (!useBias) return (x) => activate(convolve(x, kernel.value, options));
      const bias = scope.variable('bias', [filters], biasInitializer, { trainable });
      const { activation = 'linear' } = config;
      if (activation !== 'linear' && activation !== 'relu') {
        return (x) => activate(conv2dBias(x, kernel.value, bias.value, options));
      }
      const block = { ...options, relu: activation === 'relu' };
      return Object.assign((x: Tensor) => conv2dBias(x, kernel.value, bias.value, block), {
        thenMaxPool: (x: Tensor) => conv2dBiasMaxPool(x, kernel.value, bias.value, block),
      });
    },
  });
}

function checkCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count >= 1) continue;
    throw new OptionError({
      op: 'conv2d',
      expected: `${name} to be a whole number of at least 1`,
      received: String(count),
    });
  }
}

function checkGroups(filters: number, groups: number): void {
  if (filters % groups === 0) return;
  throw new OptionError({
    op: 'conv2d',
    expected: `filters to be divisible by ${groups} groups`,
    received: String(filters),
  });
}

function checkInput(input: Shape, groups: number): void {
  checkImage('conv2d', input);
  if (input[2]! > 0 && input[2]! % groups === 0) return;
  throw new ShapeError({
    op: 'conv2d',
    expected: `at least one channel, and as many as ${groups} group${groups === 1 ? '' : 's'} can share`,
    received: formatShape(input),
  });
}
