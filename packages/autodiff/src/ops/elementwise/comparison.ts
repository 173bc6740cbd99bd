import type { CompareKernel } from '@gradus/kernels';
import { broadcastShapes, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import type { Op } from '../../opDefinition';

/*
 * Comparisons give 1 or 0, uint8, and no gradient. `where` chooses by such numbers, and passes the
 * gradient on to what was chosen.
 */

/** A comparison of tensors of any one element type, which are broadcast to a common shape. */
function comparison(name: CompareKernel): Op<readonly ['a', 'b'], undefined> {
  return defineOp({
    name,
    inputs: ['a', 'b'] as const,
    dtype: 'same',
    result: 'uint8',
    shape: ({ a, b }: Readonly<Record<'a' | 'b', Shape>>) => broadcastShapes(name, a, b),
    compute: (backend, { a, b }, _, out) => backend.compare(name, a, b, out),
    gradient: () => ({ a: null, b: null }),
    samples: [
      { inputs: { a: 'mn', b: 'mn' }, distinct: true },
      { inputs: { a: 'm1', b: 'n' }, distinct: true },
    ],
  });
}

/** 1 where a = b, else 0. NaN is equal to nothing. */
export const equal = comparison('equal');

/** 1 where a and b differ, else 0. */
export const notEqual = comparison('notEqual');

/** 1 where a < b, else 0. */
export const less = comparison('less');

/** 1 where a <= b, else 0. */
export const lessEqual = comparison('lessEqual');

/** 1 where a > b, else 0. */
export const greater = comparison('greater');

/** 1 where a >= b, else 0. */
export const greaterEqual = comparison('greaterEqual');

/**
 * a where the condition, of any element type, is not 0, and b elsewhere; all three are broadcast to a
 * common shape.
 * @throws DTypeError if a and b differ.
 */
export const where = defineOp({
  name: 'where',
  inputs: ['condition', 'a', 'b'],
  dtype: 'same',
  apart: ['condition'],
  shape: ({ condition, a, b }) =>
    broadcastShapes('where', condition, broadcastShapes('where', a, b)),
  compute: (backend, { condition, a, b }, _, out) => backend.where(condition, a, b, out),
  gradient: (dy, { inputs: { condition } }) => ({
    condition: null,
    a: (): Tensor => where(condition, dy, 0),
    b: (): Tensor => where(condition, 0, dy),
  }),
  samples: [
    { inputs: { condition: 'mn', a: 'mn', b: 'mn' }, kinks: [0] },
    { inputs: { condition: 'n', a: 'm1', b: '' }, kinks: [0] },
  ],
});
