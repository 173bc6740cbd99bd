import type { RowKernel } from '@gradus/kernels';
import { ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import type { Op } from '../../opDefinition';
import { mul, sub } from '../elementwise/arithmetic';
import { exp } from '../elementwise/elementwise';
import { sum } from '../reductions/reduction';

/** A function of each row along the last axis; `rule` gives dx from dy and y = f(x). */
function alongRows(
  name: RowKernel,
  rule: (dy: Tensor, y: Tensor) => Tensor,
): Op<readonly ['x'], undefined> {
  return defineOp({
    name,
    inputs: ['x'] as const,
    shape: ({ x }: Readonly<Record<'x', Shape>>) => shapeOfRows(name, x),
    compute: (backend, { x }, _, out) => backend.mapRows(name, x, out),
    gradient: (dy, { output }) => ({ x: (): Tensor => rule(dy, output) }),
    samples: [
      { inputs: { x: 'mn' }, sizes: { n: [2, 5] } },
      { inputs: { x: 'kmn' }, sizes: { n: [1, 4] } },
    ],
  });
}

const alongLast = { axis: -1, keepDims: true };

/**
 * Probabilities e^x / sum(e^x) along the last axis, which add up to 1; it does not overflow. A row in
 * which a number is NaN or Infinity, or all are -Infinity, becomes NaN. dx = y (dy - sum(dy y)).
 */
export const softmax = alongRows('softmax', (dy, y) => mul(y, sub(dy, sum(mul(dy, y), alongLast))));

/**
 * The logarithm of `softmax`, x - log(sum(e^x)) along the last axis, without its loss of digits.
 * dx = dy - e^y sum(dy).
 */
export const logSoftmax = alongRows('logSoftmax', (dy, y) =>
  sub(dy, mul(exp(y), sum(dy, alongLast))),
);

function shapeOfRows(op: string, x: Shape): Shape {
  if (x.length > 0) return x;
  throw new ShapeError({ op, expected: 'x with at least one axis', received: '[], a scalar' });
}
