import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../op';
import { transpose } from './shape';

/**
 * The matrix product a b of a [..., m, k] and b [..., k, n], giving [..., m, n]. Leading axes are
 * broadcast. With y = a b: da = dy b^T and db = a^T dy.
 */
export const matMul = defineOp({
  name: 'matMul',
  inputs: ['a', 'b'],
  shape: ({ a, b }) => productShape(a, b),
  compute: (backend, { a, b }, _, out) => backend.matMul(a, b, out),
  gradient: (dy, { inputs: { a, b } }) => ({
    a: (): Tensor => matMul(dy, swapLastAxes(b)),
    b: (): Tensor => matMul(swapLastAxes(a), dy),
  }),
  samples: [
    { inputs: { a: 'mk', b: 'kn' } },
    { inputs: { a: 'cmk', b: 'ckn' } },
    { inputs: { a: 'cmk', b: 'kn' } },
    { inputs: { a: 'c1mk', b: 'dkn' } },
  ],
});

/** Exchanges the last two axes: the transpose of every matrix; no copy. */
function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

function productShape(a: Shape, b: Shape): Shape {
  const [m, k] = a.slice(-2);
  const [inner, n] = b.slice(-2);
  if (a.length >= 2 && b.length >= 2 && k === inner) {
    return [...leadingShape(a, b), m!, n!];
  }
  throw new ShapeError({
    op: 'matMul',
    expected: 'a [m, k] and b [k, n]',
    received: `a ${formatShape(a)} and b ${formatShape(b)}`,
    hint:
      a.length >= 2 && b.length >= 2
        ? `k is ${k} in a and ${inner} in b.`
        : 'Both need at least two axes; add one with reshape.',
  });
}

/** The leading axes of the result; like `broadcastShapes`, with an error that shows all of a and b. */
function leadingShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank - 2 }, (_, axis) => {
    const [sizeA, sizeB] = [a.at(axis - rank) ?? 1, b.at(axis - rank) ?? 1];
    if (sizeA === sizeB || sizeB === 1) return sizeA;
    if (sizeA === 1) return sizeB;
    throw new ShapeError({
      op: 'matMul',
      expected: 'leading axes that can be broadcast',
      received: `a ${formatShape(a)} and b ${formatShape(b)}`,
      hint: `Axis ${axis - rank} is ${sizeA} in a and ${sizeB} in b; sizes must match or be 1.`,
    });
  });
}
