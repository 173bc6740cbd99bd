import {
  add,
  alongAxes,
  conv2dTranspose as convolveTransposed,
  conv2dTransposeShape,
  type AlongAxes,
  type PaddingAlongAxes,
} from '@gradus/autodiff';
import { formatShape, ShapeError, sizeOf, type Shape, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { resolveActivation, type Activation } from '../activations/activations';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import {
  makeBias,
  makeKernel,
  type BiasOptions,
  type KernelOptions,
} from '../options/kernelOptions';
import { defineLayer, type Layer } from '../core/layer';

/** Options of `conv2dTranspose`, with Keras's names and defaults. */
export interface Conv2dTransposeConfig extends KernelOptions, BiasOptions {
  /** Number of output channels. */
  readonly filters: number;
  /** Height and width of the kernel, or one number for both. */
  readonly kernelSize: AlongAxes;
  /** How far the kernel moves in the result for each pixel of the input. Default 1. */
  readonly strides?: AlongAxes;
  /** What is cut off the result: for 'same' as much as makes it n * stride. Default 'valid', nothing. */
  readonly padding?: PaddingAlongAxes;
  /** Rows and columns more than the smallest result has. Default as in Keras, see the operation. */
  readonly outputPadding?: AlongAxes;
  /** Default 1. */
  readonly dilationRate?: AlongAxes;
  /** What is done to the result. Default nothing. */
  readonly activation?: Activation;
  /** Default 'conv2dTranspose'. */
  readonly name?: string;
}

/**
 * A transposed convolution layer: from [height, width, channels] to a larger image [height', width',
 * filters], n * stride + max(reach - stride, 0) high and wide with 'valid', n * stride with 'same'. Its
 * weights are `kernel`, [kernelHeight, kernelWidth, filters, channels], and `bias`, [filters].
 * @throws OptionError if filters, kernelSize or activation is out of range.
 * @throws ShapeError or OptionError, when it is built, if the options do not fit the input.
 */
export function conv2dTranspose(given: Conv2dTransposeConfig): Layer {
  const config = frozenOptions('conv2dTranspose', given);
  const { filters, strides = 1, padding = 'valid', dilationRate: dilations = 1 } = config;
  checkWhole('conv2dTranspose', { filters });
  const size = alongAxes('conv2dTranspose', 'kernelSize', config.kernelSize, 2);
  const activate = resolveActivation(config.activation);
  const { outputPadding } = config;
  const options = { strides, padding, dilations, outputPadding };
  const kernelShape = (input: Shape): Shape => {
    checkInput(input);
    return [...size, filters, input[2]!];
  };
  const outputShape = (input: Shape): Shape => {
    const shapes = { x: [1, ...input], filter: kernelShape(input) };
    return conv2dTransposeShape(shapes, options).slice(1);
  };
  return defineLayer<Tensor>({
    kind: 'conv2dTranspose',
    name: config.name,
    config,
    outputShape,
    multiplyAdds: (input) => sizeOf(input.slice(0, 2)) * sizeOf(kernelShape(input)),
    build(input, scope) {
      outputShape(input);
      const kernel = makeKernel(scope, kernelShape(input), config);
      const bias = makeBias(scope, filters, config);
      const product = (x: Tensor): Tensor => convolveTransposed(x, kernel.value, options);
      if (bias === undefined) return (x) => activate(product(x));
      return (x) => activate(add(product(x), bias.value));
    },
  });
}

function checkInput(input: Shape): void {
  checkImage('conv2dTranspose', input);
  if (input[2]! > 0) return;
  throw new ShapeError({
    op: 'conv2dTranspose',
    expected: 'at least one channel',
    received: formatShape(input),
  });
}
