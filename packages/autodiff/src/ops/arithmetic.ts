import type { BinaryKernel } from '@gradus/kernels';
import { broadcastShapes, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp, type LazyGradient, type GradientContext, type Op } from '../op';

type Pair = readonly ['a', 'b'];
type Rule = (
  dy: Tensor,
  context: GradientContext<'a' | 'b', undefined>,
) => Readonly<Record<'a' | 'b', LazyGradient>>;

/** An elementwise operation on two tensors, which are broadcast to a common shape. */
function binary(
  name: BinaryKernel,
  gradient: Rule,
  domain: readonly [number, number] = [-2, 2],
): Op<Pair, undefined> {
  const shapes = [
    { a: 'mn', b: 'mn' },
    { a: 'mn', b: 'n' },
    { a: 'm1', b: '1n' },
    { a: '', b: 'mn' },
  ];
  return defineOp({
    name,
    inputs: ['a', 'b'] as const,
    dtype: 'same',
    shape: ({ a, b }: Readonly<Record<'a' | 'b', Shape>>) => broadcastShapes(name, a, b),
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

/** a / b, elementwise; shapes are broadcast. d(a/b)/db = -(a/b)/b. */
export const div = binary(
  'div',
  (dy, { inputs: { b }, output }) => ({
    a: (): Tensor => div(dy, b),
    b: (): Tensor => neg(div(mul(dy, output), b)),
  }),
  [0.5, 2],
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
