import type { DType } from '@gradus/tensor';
import { broadcastablePairs } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** Calls of `matMul` with an epilogue: sizes from 0 to 12, or `maxSize`, batches broadcast. */
export function matMulEpilogueCalls(
  dtype: DType,
  { specials, maxSize = 12 }: CallOptions & { readonly maxSize?: number } = {},
): fc.Arbitrary<KernelCall> {
  const drawn = fc.record({
    m: fc.nat({ max: maxSize }),
    k: fc.nat({ max: maxSize }),
    n: fc.nat({ max: maxSize }),
    batches: broadcastablePairs({ maxRank: 2, minSize: 0, maxSize: 3 }),
    bias: fc.boolean(),
    relu: fc.boolean(),
  });
  return drawn.chain(({ m, k, n, batches: { a, b, common }, bias, relu }) =>
    fc.record({
      kernel: fc.constant(`matMul with ${JSON.stringify({ bias, relu })}`),
      inputs: fc.tuple(
        anyNumbers([...a, m, k], { dtype }, specials),
        anyNumbers([...b, k, n], { dtype }, specials),
        anyNumbers([n], { dtype }, specials),
      ),
      out: places(dtype, [...common, m, n]),
      exact: fc.constant(false),
      linearIn: fc.constant([0, 1, 2]),
      run: fc.constant<KernelCall['run']>((backend, [a, b, addends], out) =>
        backend.matMul(a!, b!, out, { bias: bias ? addends : undefined, relu }),
      ),
    }),
  );
}
