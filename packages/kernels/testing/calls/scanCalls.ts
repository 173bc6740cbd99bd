import type { DType } from '@gradus/tensor';
import { shapes } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { ArgKernel } from '../../src/index';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** Calls of `argReduce` along any axes that have elements; few numbers, so that many are equal. */
export function argReduceCalls(
  kernel: ArgKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return shapes({ minSize: 0, maxSize: 4 })
    .chain((shape) => {
      const filled = [...shape.keys()].filter((axis) => shape[axis]! > 0);
      return fc.tuple(fc.constant(shape), fc.subarray(filled));
    })
    .chain(([shape, axes]) =>
      fc.record({
        kernel: fc.constant(`argReduce ${kernel} along [${axes.join(', ')}]`),
        inputs: fc.tuple(anyNumbers(shape, { dtype, domain: { low: 0, high: 2 } }, specials)),
        out: places(
          'int32',
          shape.filter((_, axis) => !axes.includes(axis)),
        ),
        exact: fc.constant(true),
        run: fc.constant<KernelCall['run']>((backend, [x], out) =>
          backend.argReduce(kernel, x!, axes, out),
        ),
      }),
    );
}

/** Calls of `cumulativeSum` along any axis, in both directions. */
export function cumulativeSumCalls(
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return shapes({ minRank: 1, minSize: 0, maxSize: 4 }).chain((shape) =>
    fc
      .record({
        axis: fc.nat({ max: shape.length - 1 }),
        exclusive: fc.boolean(),
        reverse: fc.boolean(),
      })
      .chain((scan) =>
        fc.record({
          kernel: fc.constant(`cumulativeSum ${JSON.stringify(scan)}`),
          inputs: fc.tuple(anyNumbers(shape, { dtype }, specials)),
          out: places(dtype, shape),
          exact: fc.constant(false),
          linearIn: fc.constant([0]),
          run: fc.constant<KernelCall['run']>((backend, [x], out) =>
            backend.cumulativeSum(x!, scan, out),
          ),
        }),
      ),
  );
}
