import { broadcastShapes, formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
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
    return [...broadcastShapes('matMul', a.slice(0, -2), b.slice(0, -2)), m!, n!];
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
