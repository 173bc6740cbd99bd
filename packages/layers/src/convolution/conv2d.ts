import {
  conv2d as convolve,
  conv2dBias,
  conv2dBiasMaxPool,
  type Padding,
  type PerAxis,
} from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  ShapeError,
  sizeOf,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { checkWhole, wrongOption } from '@gradus/tensor/options';
import { resolveActivation } from '../activations/activations';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { linearCall, type LinearMap } from '../composite/fusion';
import { makeBias, makeKernel } from '../options/kernelOptions';
import { defineLayer, type Layer } from '../core/layer';
import type { ConvolutionOptions } from './convolutionOptions';
import { windowOf } from '../options/windowOf';

/** Options of `conv2d`, with Keras's names and defaults. */
export interface Conv2dConfig extends ConvolutionOptions<PerAxis> {
  /** Default 'valid'. */
  readonly padding?: Padding;
}

/**
 * A convolution layer: from [height, width, channels] to [height', width', filters]. Its weights are
 * `kernel`, [kernelHeight, kernelWidth, channels / groups, filters], and `bias`, [filters].
 * @throws OptionError if filters, kernelSize, groups or activation is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function conv2d(given: Conv2dConfig): Layer {
  const config = frozenOptions('conv2d', given);
  const { filters, groups = 1, activation } = config;
  checkWhole('conv2d', { filters, groups });
  checkGroups(filters, groups);
  const [height, width] = kernelSizeOf(config.kernelSize);
  resolveActivation(activation);
  const options = {
    strides: config.strides ?? 1,
    padding: config.padding ?? 'valid',
    dilations: config.dilationRate ?? 1,
    groups,
  };
  const kernelShape = (input: Shape): readonly [number, number, number, number] => {
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
    config,
    window: windowOf([height, width], options.strides, options.dilations),
    outputShape,
    multiplyAdds: (input) => sizeOf(outputShape(input)) * sizeOf(kernelShape(input).slice(0, 3)),
    build(input, scope) {
      outputShape(input);
      const map: LinearMap = {
        kernel: makeKernel(scope, kernelShape(input), config),
        bias: makeBias(scope, filters, config),
        product: (x, kernel) => convolve(x, kernel, options),
        withBias: (x, { kernel, bias }, { relu }) =>
          conv2dBias(x, kernel, bias, { ...options, relu }),
        pooled: (x, { kernel, bias }, { relu }) =>
          conv2dBiasMaxPool(x, kernel, bias, { ...options, relu }),
      };
      return linearCall(map, activation);
    },
  });
}

function kernelSizeOf(kernelSize: PerAxis): readonly [height: number, width: number] {
  const sizes = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : [kernelSize].flat();
  for (const size of sizes) checkWhole('conv2d', { kernelSize: size });
  if (sizes.length === 2) return [sizes[0]!, sizes[1]!];
  throw wrongOption('conv2d', 'kernelSize to be one number, or height and width', kernelSize);
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
