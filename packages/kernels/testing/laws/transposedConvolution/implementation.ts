import { full, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import { convGeometry, type Backend } from '../../../src/index';
import type { ConvolutionLimits, ConvolutionSettings } from '../convolution/implementation';

/** How a transposed convolution walks; all of it is given. */
export interface TransposedSettings extends ConvolutionSettings {
  readonly padding: 'valid' | 'same';
}

/**
 * A transposed convolution, as laws see it: of x [batch, height, width, channels] with a filter
 * [filterHeight, filterWidth, filters / groups, channels], which is that of a convolution from `filters`
 * to `channels`. The result is as large as Keras makes it, see `transposedShape`.
 */
export interface TransposedConvolution extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  readonly conv2dTranspose: (x: Tensor, filter: Tensor, settings: TransposedSettings) => Tensor;
  readonly limits?: ConvolutionLimits;
  /** Whether it takes tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
  /** See `ConvolutionImplementation`. */
  readonly tolerance?: number;
}

/**
 * The shape of the result: along an axis of n pixels, with stride s and a kernel that spans k' pixels,
 * n s + max(k' - s, 0) for `'valid'` and n s for `'same'`.
 */
export function transposedShape(
  x: Shape,
  filter: Shape,
  { strides, dilations, padding, groups }: TransposedSettings,
): Shape {
  const [rows, columns] = ([0, 1] as const).map((axis) => {
    const span = (filter[axis]! - 1) * dilations[axis] + 1;
    const beyond = padding === 'valid' ? Math.max(span - strides[axis], 0) : 0;
    return x[1 + axis]! * strides[axis] + beyond;
  });
  return [x[0]!, rows!, columns!, filter[2]! * groups];
}

/** The transposed convolution of an engine: its input gradient, as of a result of that shape. */
export function transposedConvolutionOf(
  backend: Backend,
  dtype: FloatDType,
): TransposedConvolution {
  return {
    name: `${backend.name}, ${dtype}`,
    dtype,
    views: true,
    conv2dTranspose(x, filter, settings) {
      const shape = transposedShape(x.shape, filter.shape, settings);
      const out = full(shape, NaN, dtype);
      const geometry = convGeometry('conv2dTranspose', shape, filter.shape, settings);
      backend.conv2dInputGradient(x, filter, geometry, out);
      return out;
    },
  };
}
