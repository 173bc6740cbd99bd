import { mul, square, sub, sum } from '@gradus/autodiff';
import { fill, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';

/**
 * A convex quadratic of a tensor: half the sum of c (w - w*)^2, where the curvatures c are spread
 * from 0.5 to 2 and the targets w* from -2 to 2. Its minimum is 0.
 */
export interface Quadratic {
  readonly start: Tensor;
  readonly loss: (w: Tensor) => number;
  readonly gradient: (w: Tensor) => Tensor;
}

/** The quadratic of a shape and element type, with a start at 1. */
export function quadratic(shape: Shape, dtype: FloatDType): Quadratic {
  const curvature = fill(shape, (i) => [0.5, 1, 2][i % 3]!, dtype);
  const target = fill(shape, (i) => [-2, 0.5, 1.5, 2, -1][i % 5]!, dtype);
  return {
    start: fill(shape, () => 1, dtype),
    loss: (w) => sum(mul(curvature, square(sub(w, target)))).item() / 2,
    gradient: (w) => mul(curvature, sub(w, target)),
  };
}
