import { full, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import { poolGeometry, poolOutputShape, type Backend } from '../../../src/index';
import { convolutionOf, type ConvolutionSettings } from '../convolution/implementation';

/** How a window walks over an image; all of it is given. */
export interface PoolingSettings {
  readonly poolSize: readonly [height: number, width: number];
  readonly strides: readonly [vertical: number, horizontal: number];
  readonly padding: PoolingPadding;
}

/**
 * `'valid'`: no padding. `'same'`: as much as makes the result ceil(size / stride) long, an odd one at
 * the bottom and right. Or so much on each side, less than the window's size. Padding wins no maximum.
 */
export type PoolingPadding =
  | 'valid'
  | 'same'
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** What an implementation can do; what is left out, it can do without limit. */
export interface PoolingLimits {
  /** Largest height and width of its windows. */
  readonly maxPool?: number;
  readonly maxStride?: number;
  /** Ways to give the padding; `'explicit'` stands for pairs. Default all three. */
  readonly paddings?: readonly ('valid' | 'same' | 'explicit')[];
}

/** From images x [batch, height, width, channels], pooled channel by channel. */
export type Pool = (x: Tensor, settings: PoolingSettings) => Tensor;

/**
 * Max pooling, average pooling, or both, as laws see them: whichever engine, function or program
 * computes them. x is [batch, height, width, channels]; dy is shaped like the result.
 */
export interface PoolingImplementation extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  readonly maxPool2d?: Pool;
  readonly averagePool2d?: Pool;
  /** The gradient of <maxPool2d(x), dy> in x. */
  readonly maxPool2dInputGradient?: (dy: Tensor, x: Tensor, settings: PoolingSettings) => Tensor;
  /** What stands in `values`, shaped like x, where the windows of x have their maxima. */
  readonly takeAtMaxima?: (values: Tensor, x: Tensor, settings: PoolingSettings) => Tensor;
  /** The gradient of <averagePool2d(x), dy> in x, which has the shape `xShape`. */
  readonly averagePool2dInputGradient?: (
    dy: Tensor,
    settings: PoolingSettings,
    xShape: Shape,
  ) => Tensor;
  /** The convolution that goes with it; default the definition. */
  readonly conv2d?: (x: Tensor, filter: Tensor, settings: ConvolutionSettings) => Tensor;
  /** Whether averages count pixels of padding, as zeros. Default false, as in Keras. */
  readonly countsPadding?: boolean;
  readonly limits?: PoolingLimits;
  /** Whether it takes tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
}

/** An engine as an implementation, in one element type. */
export function poolingOf(backend: Backend, dtype: FloatDType): PoolingImplementation {
  const filled = (shape: Shape, fill: (out: Tensor) => void): Tensor => {
    const out = full(shape, NaN, dtype);
    fill(out);
    return out;
  };
  const pooled = (
    x: Shape,
    settings: PoolingSettings,
    fill: (out: Tensor, geometry: ReturnType<typeof poolGeometry>) => void,
  ): Tensor => {
    const geometry = poolGeometry('pool', x, settings);
    return filled(poolOutputShape(geometry), (out) => fill(out, geometry));
  };
  const convolution = convolutionOf(backend, dtype);
  return {
    name: `${backend.name}, ${dtype}`,
    dtype,
    views: true,
    conv2d: (...given) => convolution.conv2d(...given),
    maxPool2d: (x, settings) =>
      pooled(x.shape, settings, (out, geometry) => backend.maxPool2d(x, geometry, out)),
    averagePool2d: (x, settings) =>
      pooled(x.shape, settings, (out, geometry) => backend.averagePool2d(x, geometry, out)),
    takeAtMaxima: (values, x, settings) =>
      pooled(x.shape, settings, (out, geometry) => backend.takeAtMaxima(values, x, geometry, out)),
    maxPool2dInputGradient(dy, x, settings) {
      const geometry = poolGeometry('pool', x.shape, settings);
      return filled(x.shape, (out) => backend.maxPool2dInputGradient(dy, x, geometry, out));
    },
    averagePool2dInputGradient(dy, settings, xShape) {
      const geometry = poolGeometry('pool', xShape, settings);
      return filled(xShape, (out) => backend.averagePool2dInputGradient(dy, geometry, out));
    },
  };
}
