import { conv2d as convolve, reshape, split, type Padding, type PerAxis } from '@gradus/autodiff';
import {
  fill,
  formatShape,
  ShapeError,
  type FloatDType,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { checkFlags } from '@gradus/tensor/options';
import type { Initializer } from '../initializers';
import { makeKernel, type KernelOptions } from '../options/kernelOptions';
import { defineLayer, type Layer } from '../core/layer';
import { windowOf } from '../options/windowOf';

/** Options that all layers with a given kernel have. */
export interface FilterOptions extends Pick<
  KernelOptions,
  'kernelRegularizer' | 'kernelConstraint'
> {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilationRate?: PerAxis;
  /** Whether all channels are summed; otherwise each is filtered by itself. Default false. */
  readonly mixChannels?: boolean;
  /**
   * Whether training changes the kernel: then it is a weight that begins as what is given. Default
   * false: the layer has no weights.
   */
  readonly trainable?: boolean;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/** What a layer filters with. */
export interface FilterBank {
  readonly kind: string;
  /** The options, as plain JSON. */
  readonly config: FilterOptions;
  /** Kernels [height, width] of one size. */
  readonly kernels: readonly Tensor[];
  /**
   * What is made of the kernels' responses [batch, height, width, channels], one tensor for each kernel;
   * it keeps their shape. Default: channel c of kernel f of F becomes channel c F + f of the result.
   */
  readonly combine?: (responses: readonly Tensor[]) => Tensor;
}

/**
 * A convolution with kernels that are given, from [height, width, channels] to [height', width',
 * channels * kernels]; `mixChannels` leaves one channel for each kernel. Its weight, if it is trainable,
 * is `kernel`, [height, width, channels, kernels].
 */
export function filterLayer({ kind, config, kernels, combine }: FilterBank): Layer {
  const { mixChannels = false, trainable = false } = config;
  checkFlags(kind, { mixChannels, trainable });
  const count = kernels.length;
  const options = {
    strides: config.strides ?? 1,
    padding: config.padding ?? 'valid',
    dilations: config.dilationRate ?? 1,
  };
  const size = kernels[0]!.shape as readonly [number, number];
  const filterShape = (channels: number): Shape =>
    mixChannels ? [...size, channels, count] : [...size, 1, channels * count];
  const convolved = (input: Shape): Shape => {
    checkInput(kind, input);
    const channels = input[2]!;
    const shapes = { x: [1, ...input], filter: filterShape(channels) };
    const groups = mixChannels ? 1 : channels;
    return convolve.definition.shape(shapes, { ...options, groups }).slice(1);
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    outputShape(input) {
      const [height, width, channels] = convolved(input) as [number, number, number];
      return [height, width, combine === undefined ? channels : channels / count];
    },
    multiplyAdds(input) {
      const [height, width] = convolved(input) as [number, number, number];
      return height * width * size[0] * size[1] * input[2]! * count;
    },
    window: windowOf(size, options.strides, options.dilations),
    build(input, scope) {
      convolved(input);
      const channels = input[2]!;
      const shape = [...size, channels, count];
      const weight = trainable
        ? makeKernel(scope, shape, { ...config, kernelInitializer: bankInitializer(kernels) })
        : { value: bankTensor(kernels, shape, scope.dtype) };
      const groups = mixChannels ? 1 : channels;
      const filtered = (x: Tensor): Tensor =>
        convolve(x, reshape(weight.value, filterShape(channels)), { ...options, groups });
      if (combine === undefined) return filtered;
      return (x) => combine(responsesOf(filtered(x), count));
    },
  });
}

function bankInitializer(kernels: readonly Tensor[]): Initializer {
  return {
    kind: 'filterBank',
    config: {},
    create: (shape, _, dtype) => bankTensor(kernels, shape, dtype),
  };
}

/** The kernels as one tensor [height, width, channels, kernels], the same for each channel. */
function bankTensor(kernels: readonly Tensor[], shape: Shape, dtype: FloatDType): Tensor {
  const coefficients = kernels.map((kernel) => kernel.toTypedArray());
  const count = kernels.length;
  const channels = shape[2]!;
  return fill(shape, (i) => coefficients[i % count]![Math.floor(i / count / channels)]!, dtype);
}

/** Channels c F + f of a result taken apart: for each f a tensor with the channels c. */
function responsesOf(y: Tensor, count: number): Tensor[] {
  const kept = y.shape.slice(0, -1);
  const apart = reshape(y, [...kept, y.shape.at(-1)! / count, count]);
  return split(apart, count, { axis: -1 }).map((part) => reshape(part, part.shape.slice(0, -1)));
}

function checkInput(op: string, input: Shape): void {
  if (input.length === 3 && input[2]! > 0) return;
  throw new ShapeError({
    op,
    expected: 'samples [height, width, channels] of at least one channel',
    received: formatShape(input),
  });
}
