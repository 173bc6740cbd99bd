import { full, type FloatDType, type Tensor, type View } from '@gradus/tensor';
import { views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convOutputShape, type Backend, type ConvGeometry } from '../../src/index';
import { rolesOf, type ConvKernel, type ConvParts, type ConvShapes } from './convolutionCalls';
import { geometryOf, type Convolution } from '../generators/convolutions';

/** The three tensors of a convolution; y stands for its result or for the gradient dy of one. */
export type ConvTensors = ConvParts<View>;

/** A convolution, and tensors that it may be applied to. */
export interface ConvolutionCase extends ConvTensors {
  readonly geometry: ConvGeometry;
  readonly shapes: ConvShapes;
}

/** Tensors in every kind of layout for each of the convolutions. */
export function convolutionCases(
  convolutions: fc.Arbitrary<Convolution>,
  dtype: FloatDType,
): fc.Arbitrary<ConvolutionCase> {
  return convolutions.chain((convolution) => {
    const geometry = geometryOf(convolution);
    const { x, filter } = convolution;
    const shapes = { x, filter, y: convOutputShape(geometry) };
    return convTensors(shapes, dtype).map((tensors) => ({ geometry, shapes, ...tensors }));
  });
}

/** Tensors of given shapes in every kind of layout. */
export function convTensors(
  { x, filter, y }: ConvShapes,
  dtype: FloatDType,
): fc.Arbitrary<ConvTensors> {
  return fc.record({
    x: views(x, { dtype }),
    filter: views(filter, { dtype }),
    y: views(y, { dtype }),
  });
}

/** Applies a kernel of a convolution to those two tensors of the three that it takes. */
export function convolve(
  backend: Backend,
  kernel: ConvKernel,
  { geometry, x, filter, y }: ConvTensors & { readonly geometry: ConvGeometry },
): Tensor {
  const { inputs, out } = rolesOf(kernel, { x, filter, y });
  const result = full(out.shape, NaN, x.dtype);
  backend[kernel](...inputs, geometry, result);
  return result;
}
