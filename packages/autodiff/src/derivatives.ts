import { formatShape, sameShape, ShapeError, zeros, type Tensor } from '@gradus/tensor';
import { asArgument, checkDifferentiable, grad, gradientsOf } from './gradient';
import { add, mul } from './ops/arithmetic';
import { sum } from './ops/reduction';
import { reshape } from './ops/shape';
import { embed, slice } from './ops/slice';
import { recording } from './tape';

/**
 * The product of the Hessian of a scalar function f at x with a direction v, without forming the
 * Hessian: the gradient of <grad f(x), v>. B. A. Pearlmutter, "Fast exact multiplication by the
 * Hessian", Neural Computation 6(1), 1994.
 * @param v shaped like x.
 * @throws ShapeError if v is shaped otherwise, or f(x) is not a scalar.
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  if (!sameShape(v.shape, x.shape)) {
    throw new ShapeError({
      op: 'hessianVectorProduct',
      expected: `a direction shaped like x, ${formatShape(x.shape)}`,
      received: formatShape(v.shape),
    });
  }
  return grad((at: Tensor) => sum(mul(grad(f)(at)[0], v)))(x)[0];
}

/**
 * The Jacobian of f at x, shape `[...f(x).shape, ...x.shape]`. f is evaluated once; then there is
 * one walk back for each element of f(x).
 * @throws DTypeError if x holds integers.
 */
export function jacobian(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  checkDifferentiable('jacobian', x);
  const at = asArgument(x);
  const { value, tape } = recording([at], () => {
    const y = f(at);
    const flat = reshape(y, [-1]);
    const elements = Array.from({ length: y.size }, (_, i) =>
      reshape(slice(flat, { begin: [i], size: [1] }), []),
    );
    return { shape: y.shape, elements };
  });
  const { shape, elements } = value;
  const matrix = [elements.length, x.size];
  const rows = elements.map((element, i) => {
    const dx = gradientsOf(tape, element).get(at) ?? zeros(x.shape, x.dtype);
    return embed(reshape(dx, [1, x.size]), { shape: matrix, begin: [i, 0], size: [1, x.size] });
  });
  const stacked = rows.reduce((total, row) => add(total, row), zeros(matrix, x.dtype));
  return reshape(stacked, [...shape, ...x.shape]);
}
