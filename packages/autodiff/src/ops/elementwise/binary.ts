import type { BinaryKernel } from '@gradus/kernels';
import { broadcastShapes, type Shape, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import type { GradientContext, Op } from '../../opDefinition';
import type { LazyGradient } from '../../tape';

type Names = 'a' | 'b';
type Rule = (
  dy: Tensor,
  context: GradientContext<Names, undefined>,
) => Readonly<Record<Names, LazyGradient>>;

interface BinaryOptions {
  readonly dtype?: 'float' | 'same';
  readonly domain?: readonly [number, number];
  /** Whether it has kinks where a and b are equal. */
  readonly distinct?: boolean;
}

/** An elementwise operation on two tensors, which are broadcast to a common shape. */
export function binary(
  name: BinaryKernel,
  gradient: Rule,
  { dtype = 'same', domain = [-2, 2], distinct = false }: BinaryOptions = {},
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
    samples: shapes.map((inputs) => ({ inputs, domain, distinct })),
  });
}
