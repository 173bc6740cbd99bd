import { formatShape, sameShape, ShapeError, zeros, type Tensor } from '@gradus/tensor';
import { checkDifferentiable, checkResult } from './differentiable';
import { asArgument, grad, gradientsOf } from './gradient';
import { add, mul } from './ops/elementwise/arithmetic';
import { pad } from './ops/shapes/pad';
import { sum } from './ops/reductions/reduction';
import { reshape } from './ops/shapes/shape';
import { slice } from './ops/shapes/slice';
import { inScope } from './scope';
import { recording } from './tape';

/**
 * The product of the Hessian of a scalar function f at x with a direction v, without forming the
 * Hessian: the gradient of <grad f(x), v>. B. A. Pearlmutter, "Fast exact multiplication by the
 * Hessian", Neural Computation 6(1), 1994.
 * @param v shaped like x.
 * @throws ShapeError if v is shaped otherwise, or f(x) is not a scalar.
 * @throws DTypeError if x holds integers, or v is of another element type.
 */
export function hessianVectorProduct(f: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  checkDifferentiable('hessianVectorProduct', x);
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
 * @throws TypeError if f(x) is not a tensor.
 */
export function jacobian(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  return inScope(() => jacobianInScope(f, asArgument('jacobian', x)));
}

function jacobianInScope(f: (x: Tensor) => Tensor, at: Tensor): Tensor {
  const { value, tape } = recording([at], () => {
    const y = checkResult('jacobian', f(at));
    const flat = reshape(y, [-1]);
    const elements = Array.from({ length: y.size }, (_, i) =>
      reshape(slice(flat, { begin: [i], size: [1] }), []),
    );
    return { shape: y.shape, elements };
  });
  const { shape, elements } = value;
  const rows = elements.map((element) => {
    const dx = gradientsOf(tape, element).get(at) ?? zeros(at.shape, at.dtype);
    return reshape(dx, [1, at.size]);
  });
  const matrix = rows.length === 0 ? zeros([0], at.dtype) : stacked(rows);
  return reshape(matrix, [...shape, ...at.shape]);
}

/**
 * One or more rows [1, n] as a matrix. Halves are stacked first, so that each number is copied
 * log(rows) times; adding up one row after the other would copy the whole matrix for each.
 */
function stacked(rows: readonly Tensor[]): Tensor {
  if (rows.length === 1) return rows[0]!;
  const middle = rows.length >> 1;
  const [above, below] = [stacked(rows.slice(0, middle)), stacked(rows.slice(middle))];
  return add(
    pad(above, {
      paddings: [
        [0, rows.length - middle],
        [0, 0],
      ],
    }),
    pad(below, {
      paddings: [
        [middle, 0],
        [0, 0],
      ],
    }),
  );
}
