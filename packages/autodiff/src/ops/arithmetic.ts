import type { BinaryKernel } from '@gradus/kernels';
import { broadcastShapes, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../op';
import type { GradientContext, Op } from '../opDefinition';
import type { LazyGradient } from '../tape';

/*
 * Whole numbers may be added, subtracted and multiplied too; results out of range wrap around, as
 * they do in JavaScript's typed arrays.
 */

type Names = 'a' | 'b';
type Rule = (
  dy: Tensor,
  context: GradientContext<Names, undefined>,
) => Readonly<Record<Names, LazyGradient>>;

interface BinaryOptions {
  readonly dtype?: 'float' | 'same';
  readonly domain?: readonly [number, number];
}

/** An elementwise operation on two tensors, which are broadcast to a common shape. */
function binary(
  name: BinaryKernel,
  gradient: Rule,
  { dtype = 'same', domain = [-2, 2] }: BinaryOptions = {},
): Op<readonly ['a', 'b'], undefined> {
  const shapes = [
    { a: 'mn', b: 'mn' },
    { a: 'mn', b: 'n' },
    { a: 'm1', b: '1n' },
    { a: '', b: 'mn' },
  ];
  return defineOp({
    name,
    inputs: ['a', 'b'] as const,
    dtype,
    shape: ({ a, b }: Readonly<Record<Names, Shape>>) => broadcastShapes(name, a, b),
    compute: (backend, { a, b }, _, out) => backend.zip(name, a, b, out),
    gradient,
    samples: shapes.map((inputs) => ({ inputs, domain })),
  });
}

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
