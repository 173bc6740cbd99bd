import type { Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import { binary } from './binary';

/*
 * Whole numbers may be added, subtracted and multiplied too; results out of range wrap around, as
 * they do in JavaScript's typed arrays.
 */

/** a + b, elementwise; shapes are broadcast. */
export const add = binary('add', (dy) => ({ a: (): Tensor => dy, b: () => dy }));

/** a - b, elementwise; shapes are broadcast. */
export const sub = binary('sub', (dy) => ({ a: (): Tensor => dy, b: () => neg(dy) }));

/** a * b, elementwise; shapes are broadcast. */
export const mul = binary('mul', (dy, { inputs: { a, b } }) => ({
  a: (): Tensor => mul(dy, b),
  b: (): Tensor => mul(dy, a),
}));

/** a / b, elementwise, of floating-point numbers; shapes are broadcast. d(a/b)/db = -(a/b)/b. */
export const div = binary(
  'div',
  (dy, { inputs: { b }, output }) => ({
    a: (): Tensor => div(dy, b),
    b: (): Tensor => neg(div(mul(dy, output), b)),
  }),
  { dtype: 'float', domain: [0.5, 2] },
);

/** -x, elementwise. */
export const neg = defineOp({
  name: 'neg',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }) => x,
  compute: (backend, { x }, _, out) => backend.map('neg', x, out),
  gradient: (dy) => ({ x: (): Tensor => neg(dy) }),
  samples: [{ inputs: { x: 'mn' } }],
});
