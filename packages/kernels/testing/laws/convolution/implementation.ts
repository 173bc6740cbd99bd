import { full, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import { convGeometry, convOutputShape, type Backend } from '../../../src/index';

/** How a convolution walks over an image; all of it is given. */
export interface ConvolutionSettings {
  readonly strides: readonly [vertical: number, horizontal: number];
  readonly dilations: readonly [vertical: number, horizontal: number];
  readonly padding: ConvolutionPadding;
  readonly groups: number;
}

/**
 * `'valid'`: no padding. `'same'`: as many zeros as make the result ceil(size / stride) long, an odd
 * one at the bottom and right. Or so many on each side.
 */
export type ConvolutionPadding =
  | 'valid'
  | 'same'
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** What an implementation can do; what is left out, it can do without limit. */
export interface ConvolutionLimits {
  /** Smallest height and width of its filters. Default 1. */
  readonly minKernel?: number;
  /** Largest height and width of its filters. */
  readonly maxKernel?: number;
  readonly maxStride?: number;
  readonly maxDilation?: number;
  /** Whether strides and dilations above 1 go together; in Keras they do not. Default true. */
  readonly stridesWithDilations?: boolean;
  readonly maxGroups?: number;
  /** Ways to give the padding; `'explicit'` stands for pairs. Default all three. */
  readonly paddings?: readonly ('valid' | 'same' | 'explicit')[];
}

/**
 * A convolution, as laws see it: whichever engine, function or program computes it. x is
 * [batch, height, width, channels], a filter [filterHeight, filterWidth, channels / groups, filters];
 * the filter is not turned.
 */
export interface ConvolutionImplementation extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  readonly conv2d: (x: Tensor, filter: Tensor, settings: ConvolutionSettings) => Tensor;
  /** The gradient of <conv2d(x, filter), dy> in x, which has the shape `xShape`. */
  readonly inputGradient?: (
    dy: Tensor,
    filter: Tensor,
    settings: ConvolutionSettings,
    xShape: Shape,
  ) => Tensor;
  /** The gradient of <conv2d(x, filter), dy> in the filter, which has the shape `filterShape`. */
  readonly filterGradient?: (
    dy: Tensor,
    x: Tensor,
    settings: ConvolutionSettings,
    filterShape: Shape,
  ) => Tensor;
  readonly limits?: ConvolutionLimits;
  /** Whether it takes tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
  /**
   * Its largest error, relative to sums in which nothing cancels, if that is more than what laws
   * allow by themselves: 1e-4 in float32 where it computes by transforms (Winograd, FFT).
   */
  readonly tolerance?: number;
}

/** An engine as an implementation, in one element type. */
export function convolutionOf(backend: Backend, dtype: FloatDType): ConvolutionImplementation {
  const filled = (shape: Shape, fill: (out: Tensor) => void): Tensor => {
    const out = full(shape, NaN, dtype);
    fill(out);
    return out;
  };
  return {
    name: `${backend.name}, ${dtype}`,
    dtype,
    views: true,
    conv2d(x, filter, settings) {
      const geometry = convGeometry('conv2d', x.shape, filter.shape, settings);
      return filled(convOutputShape(geometry), (out) => backend.conv2d(x, filter, geometry, out));
    },
    inputGradient(dy, filter, settings, xShape) {
      const geometry = convGeometry('conv2d', xShape, filter.shape, settings);
      return filled(xShape, (out) => backend.conv2dInputGradient(dy, filter, geometry, out));
    },
    filterGradient(dy, x, settings, filterShape) {
      const geometry = convGeometry('conv2d', x.shape, filterShape, settings);
      return filled(filterShape, (out) => backend.conv2dFilterGradient(dy, x, geometry, out));
    },
  };
}
