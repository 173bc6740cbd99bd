import { formatShape, ShapeError, sizeOf, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { grad, valueAndGrad } from './gradient';
import { mul } from './ops/arithmetic';
import { sum } from './ops/reduction';

/**
 * The product of the Hessian of a scalar function f at x with a direction v, without forming the
 * Hessian: the gradient of <grad f(x), v>. B. A. Pearlmutter, "Fast exact multiplication by the
 * Hessian", Neural Computation 6(1), 1994.
 * @param v shaped like x.
 * @throws ShapeError if v is shaped otherwise, or f(x) is not a scalar.
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  if (formatShape(v.shape) !== formatShape(x.shape)) {
    throw new ShapeError({
      op: 'hessianVectorProduct',
      expected: `a direction shaped like x, ${formatShape(x.shape)}`,
      received: formatShape(v.shape),
    });
  }
  return grad((at: Tensor) => sum(mul(grad(f)(at)[0], v)))(x)[0];
}

/**
 * The Jacobian of f at x, shape `[...f(x).shape, ...x.shape]`: one walk back for each element of
 * f(x).
 */
export function jacobian(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const result: Shape = f(x).shape;
  const count = sizeOf(result);
  const rows = new Float64Array(count * x.size);
  for (let i = 0; i < count; i++) {
    const unit = Array.from({ length: count }, (_, j) => (i === j ? 1 : 0));
    const weights = tensor(unit, result, x.dtype);
    const { grads } = valueAndGrad(() => sum(mul(f(x), weights)), [x]);
    rows.set(grads[0].toTypedArray(), i * x.size);
  }
  return tensor([...rows], [...result, ...x.shape], x.dtype);
}
