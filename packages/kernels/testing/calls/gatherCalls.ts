import type { DType, Shape } from '@gradus/tensor';
import { shapes } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall } from './kernelCall';
import { places } from './kernelCalls';

/** The shape that entries are taken from, along which axis, and the shapes of indices and of what is taken. */
interface Gathering {
  readonly whole: Shape;
  readonly axis: number;
  readonly indices: Shape;
  readonly part: Shape;
}

/** Of any shape with an axis; where that has no entries, there are no indices either. */
const gatherings: fc.Arbitrary<Gathering> = shapes({ minRank: 1, minSize: 0, maxSize: 4 }).chain(
  (whole) =>
    fc
      .record({
        axis: fc.nat({ max: whole.length - 1 }),
        some: shapes({ maxRank: 2, minSize: 0, maxSize: 4 }),
      })
      .map(({ axis, some }) => {
        const indices = whole[axis] === 0 ? [0] : some;
        return { whole, axis, indices, part: whole.toSpliced(axis, 1, ...indices) };
      }),
);

/** Calls of `gather`: indices of any rank up to 2, one named several times, or not at all. */
export function gatherCalls(
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return gatherings.chain(({ whole, axis, indices, part }) =>
    fc.record({
      kernel: fc.constant(`gather along ${axis}`),
      inputs: fc.tuple(
        anyNumbers(whole, { dtype }, specials),
        indicesWithin(indices, whole[axis]!),
      ),
      out: places(dtype, part),
      exact: fc.constant(true),
      run: fc.constant<KernelCall['run']>((backend, [x, indices], out) =>
        backend.gather(x!, indices!, axis, out),
      ),
    }),
  );
}

/** Calls of `scatterAdd`, likewise. */
export function scatterAddCalls(
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return gatherings.chain(({ whole, axis, indices, part }) =>
    fc.record({
      kernel: fc.constant(`scatterAdd along ${axis}`),
      inputs: fc.tuple(anyNumbers(part, { dtype }, specials), indicesWithin(indices, whole[axis]!)),
      out: places(dtype, whole),
      exact: fc.constant(false),
      linearIn: fc.constant([0]),
      run: fc.constant<KernelCall['run']>((backend, [updates, indices], out) =>
        backend.scatterAdd(updates!, indices!, axis, out),
      ),
    }),
  );
}

function indicesWithin(shape: Shape, size: number): fc.Arbitrary<KernelCall['inputs'][number]> {
  const domain = { low: 0, high: Math.max(size - 1, 0) };
  return fc
    .constantFrom<DType[]>('int32', 'uint8')
    .chain((dtype) => anyNumbers(shape, { dtype, domain }));
}
