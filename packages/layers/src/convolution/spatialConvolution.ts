import {
  add,
  alongAxes,
  conv1d as convolve1d,
  conv3d as convolve3d,
  convolutionWindows,
  relu as reluOf,
  type AlongAxes,
  type PaddingAlongAxes,
} from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  ShapeError,
  sizeOf,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { resolveActivation } from '../activations/activations';
import { checkSpatial } from '../options/checkSpatial';
import { frozenOptions } from '../options/frozenOptions';
import { linearCall } from '../composite/fusion';
import { makeBias, makeKernel } from '../options/kernelOptions';
import { defineLayer, type Layer } from '../core/layer';
import type { ConvolutionOptions } from './convolutionOptions';
import { windowOf } from '../options/windowOf';

/** Options of convolutions along any number of axes, with Keras's names and defaults. */
export interface SpatialConvolutionConfig extends ConvolutionOptions<AlongAxes> {
  /**
   * `[before, after]` for each axis, one number for all, 'same' or 'valid'. Along one axis also 'causal':
   * as much before as keeps the length and lets nothing see what comes later. Default 'valid'.
   */
  readonly padding?: PaddingAlongAxes | 'causal';
}

/** Along how many axes, and under which name. */
interface Space {
  readonly kind: 'conv1d' | 'conv3d';
  readonly spatialAxes: 1 | 3;
}

/** A convolution layer: from [...spatial axes, channels] to [...spatial axes', filters]. */
export function spatialConvolution(
  { kind, spatialAxes }: Space,
  given: SpatialConvolutionConfig,
): Layer {
  const config = frozenOptions(kind, given);
  const { filters, groups = 1, activation, strides = 1, dilationRate = 1 } = config;
  checkWhole(kind, { filters, groups });
  checkGroups(kind, filters, groups);
  const size = alongAxes(kind, 'kernelSize', config.kernelSize, spatialAxes);
  const dilations = alongAxes(kind, 'dilationRate', dilationRate, spatialAxes);
  const window = windowOf(size, alongAxes(kind, 'strides', strides, spatialAxes), dilations);
  resolveActivation(activation);
  const options = { strides, padding: paddingOf(kind, config, window.size), dilations, groups };
  const convolve = kind === 'conv1d' ? convolve1d : convolve3d;
  const kernelShape = (input: Shape): Shape => {
    checkInput({ kind, spatialAxes }, input, groups);
    return [...size, input.at(-1)! / groups, filters];
  };
  const outputShape = (input: Shape): Shape => {
    const shapes = { x: [1, ...input], filter: kernelShape(input) };
    const { windows } = convolutionWindows(kind, shapes, options, spatialAxes);
    return [...windows.map(({ output }) => output), filters];
  };
  const product = (x: Tensor, kernel: Tensor): Tensor => convolve(x, kernel, options);
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    window,
    outputShape,
    multiplyAdds: (input) => sizeOf(outputShape(input)) * sizeOf(kernelShape(input).slice(0, -1)),
    build(input, scope) {
      outputShape(input);
      return linearCall(
        {
          kernel: makeKernel(scope, kernelShape(input), config),
          bias: makeBias(scope, filters, config),
          product,
          withBias(x, { kernel, bias }, { relu }) {
            const sums = add(product(x, kernel), bias);
            return relu ? reluOf(sums) : sums;
          },
        },
        activation,
      );
    },
  });
}

function paddingOf(
  kind: Space['kind'],
  { padding = 'valid' }: SpatialConvolutionConfig,
  reach: readonly number[],
): PaddingAlongAxes {
  if (padding === 'causal' && kind === 'conv1d') return [[reach[0]! - 1, 0]];
  // Of the others the operation knows which there are.
  return padding as PaddingAlongAxes;
}

function checkGroups(op: string, filters: number, groups: number): void {
  if (filters % groups === 0) return;
  throw new OptionError({
    op,
    expected: `filters to be divisible by ${groups} groups`,
    received: String(filters),
  });
}

function checkInput({ kind, spatialAxes }: Space, input: Shape, groups: number): void {
  checkSpatial(kind, input, spatialAxes);
  const channels = input.at(-1)!;
  if (channels > 0 && channels % groups === 0) return;
  throw new ShapeError({
    op: kind,
    expected: `at least one channel, and as many as ${groups} group${groups === 1 ? '' : 's'} can share`,
    received: formatShape(input),
  });
}
