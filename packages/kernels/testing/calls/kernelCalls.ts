import {
  rowMajor,
  sizeOf,
  sliceLayout,
  transposeLayout,
  type DType,
  type Shape,
} from '@gradus/tensor';
import { broadcastablePairs, shapes, type Domain } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type {
  BinaryKernel,
  CompareKernel,
  ReduceKernel,
  RowKernel,
  UnaryKernel,
} from '../../src/index';
import { anyNumbers } from '../generators/anyNumbers';
import type { CallOptions, KernelCall, Place } from './kernelCall';

/*
 * Generated legal calls of every kernel but the convolutions, for which see `convolutionCalls`:
 * arguments in every kind of layout and without elements, results within larger arrays.
 */

const anyShape = shapes({ minSize: 0, maxSize: 4 });
const toCopy = [NaN, Infinity, -Infinity, -0, -1.75, 300.5, 2 ** 31 + 5, -(2 ** 33) - 7];

/** Calls of `copy` from one element type to another. */
export function copyCalls(from: DType, to: DType): fc.Arbitrary<KernelCall> {
  return anyShape.chain((shape) =>
    fc.record({
      kernel: fc.constant(`copy ${from} to ${to}`),
      inputs: fc.tuple(anyNumbers(shape, { dtype: from }, toCopy)),
      out: anyPlaces(to, shape),
      exact: fc.constant(true),
      run: fc.constant<KernelCall['run']>((backend, [x], out) => backend.copy(x!, out)),
    }),
  );
}

/** The functions whose results on whole numbers are cut: tried where no rounding can tip them. */
const cutOnIntegers: readonly UnaryKernel[] = [
  'sqrt',
  'exp',
  'log',
  'sigmoid',
  'softplus',
  'tanh',
  'erf',
  'sinh',
  'cosh',
];
const exactKernels: readonly (UnaryKernel | BinaryKernel | ReduceKernel)[] = [
  'neg',
  'abs',
  'sign',
  'relu',
  'floor',
  'ceil',
  'round',
  'minimum',
  'maximum',
  'reluGradient',
  'max',
  'min',
];

/** Calls of `map`. */
export function mapCalls(
  kernel: UnaryKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const few = { low: dtype === 'uint8' ? 0 : -4, high: 4 };
  const domain: Domain = cutOnIntegers.includes(kernel) ? few : {};
  return anyShape.chain((shape) =>
    fc.record({
      kernel: fc.constant(`map ${kernel}`),
      inputs: fc.tuple(anyNumbers(shape, { dtype, domain }, specials)),
      out: places(dtype, shape),
      exact: fc.constant(exactKernels.includes(kernel)),
      run: fc.constant<KernelCall['run']>((backend, [x], out) => backend.map(kernel, x!, out)),
    }),
  );
}

/** Calls of `zip`, whose arguments are broadcast to the shape of the result. */
export function zipCalls(
  kernel: BinaryKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return broadcastablePairs({ minSize: 0, maxSize: 4 }).chain(({ a, b, common }) =>
    fc.record({
      kernel: fc.constant(`zip ${kernel}`),
      inputs: fc.tuple(anyNumbers(a, { dtype }, specials), anyNumbers(b, { dtype }, specials)),
      out: places(dtype, common),
      exact: fc.constant(exactKernels.includes(kernel)),
      run: fc.constant<KernelCall['run']>((backend, [a, b], out) =>
        backend.zip(kernel, a!, b!, out),
      ),
    }),
  );
}

/** Calls of `compare`, likewise. */
export function compareCalls(
  kernel: CompareKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  // Few numbers, so that many are equal.
  const domain: Domain = { low: 0, high: 2 };
  const numbers = { dtype, domain } as const;
  return broadcastablePairs({ minSize: 0, maxSize: 4 }).chain(({ a, b, common }) =>
    fc.record({
      kernel: fc.constant(`compare ${kernel}`),
      inputs: fc.tuple(anyNumbers(a, numbers, specials), anyNumbers(b, numbers, specials)),
      out: places('uint8', common),
      exact: fc.constant(true),
      run: fc.constant<KernelCall['run']>((backend, [a, b], out) =>
        backend.compare(kernel, a!, b!, out),
      ),
    }),
  );
}

/** Calls of `where`, whose three arguments are broadcast. */
export function whereCalls(dtype: DType, { specials }: CallOptions = {}): fc.Arbitrary<KernelCall> {
  const chosen = { dtype: 'uint8', domain: { low: 0, high: 2 } } as const;
  return broadcastablePairs({ minSize: 0, maxSize: 4 }).chain(({ a, b, common }) =>
    fc.record({
      kernel: fc.constant('where'),
      inputs: fc.tuple(
        anyNumbers(a, chosen),
        anyNumbers(b, { dtype }, specials),
        anyNumbers(common, { dtype }, specials),
      ),
      out: places(dtype, common),
      exact: fc.constant(true),
      run: fc.constant<KernelCall['run']>((backend, [condition, a, b], out) =>
        backend.where(condition!, a!, b!, out),
      ),
    }),
  );
}

/** Calls of `reduce` along any axes, none and all included. */
export function reduceCalls(
  kernel: ReduceKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  return anyShape
    .chain((shape) => fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()])))
    .chain(([shape, axes]) =>
      fc.record({
        kernel: fc.constant(`reduce ${kernel} along [${axes.join(', ')}]`),
        inputs: fc.tuple(anyNumbers(shape, { dtype }, specials)),
        out: places(
          dtype,
          shape.filter((_, axis) => !axes.includes(axis)),
        ),
        exact: fc.constant(exactKernels.includes(kernel)),
        linearIn: fc.constant(kernel === 'sum' ? [0] : []),
        run: fc.constant<KernelCall['run']>((backend, [x], out) =>
          backend.reduce(kernel, x!, axes, out),
        ),
      }),
    );
}

/** Calls of `mapRows`: rows of any length, none included, short and up to 40 numbers. */
export function mapRowsCalls(
  kernel: RowKernel,
  dtype: DType,
  { specials }: CallOptions = {},
): fc.Arbitrary<KernelCall> {
  const columns = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 40 }));
  return fc.tuple(shapes({ maxRank: 2, minSize: 0, maxSize: 4 }), columns).chain(([rows, n]) => {
    const shape = [...rows, n];
    return fc.record({
      kernel: fc.constant(`mapRows ${kernel}`),
      inputs: fc.tuple(anyNumbers(shape, { dtype }, specials)),
      out: places(dtype, shape),
      exact: fc.constant(false),
      run: fc.constant<KernelCall['run']>((backend, [x], out) => backend.mapRows(kernel, x!, out)),
    });
  });
}

/** Calls of `matMul`: sizes from 0 to 12, or `maxSize`, batches broadcast in either argument. */
export function matMulCalls(
  dtype: DType,
  { specials, maxSize = 12 }: CallOptions & { readonly maxSize?: number } = {},
): fc.Arbitrary<KernelCall> {
  const size = fc.nat({ max: maxSize });
  const batches = broadcastablePairs({ maxRank: 2, minSize: 0, maxSize: 3 });
  return fc.tuple(size, size, size, batches).chain(([m, k, n, { a, b, common }]) =>
    fc.record({
      kernel: fc.constant('matMul'),
      inputs: fc.tuple(
        anyNumbers([...a, m, k], { dtype }, specials),
        anyNumbers([...b, k, n], { dtype }, specials),
      ),
      out: places(dtype, [...common, m, n]),
      exact: fc.constant(false),
      linearIn: fc.constant([0, 1]),
      run: fc.constant<KernelCall['run']>((backend, [a, b], out) => backend.matMul(a!, b!, out)),
    }),
  );
}

/** Places for a row-major result, with other elements before and after it. */
export function places(dtype: DType, shape: Shape): fc.Arbitrary<Place> {
  return fc.nat({ max: 5 }).map((offset) => ({
    ...rowMajor(shape),
    dtype,
    offset,
    length: offset + sizeOf(shape) + 5,
  }));
}

/** Places of any layout that has no element twice: axes permuted, stepped over, backwards. */
function anyPlaces(dtype: DType, shape: Shape): fc.Arbitrary<Place> {
  const axes = [...shape.keys()];
  const plan = fc.record({
    step: fc.constantFrom(1, -1, 2, -2),
    margin: fc.nat({ max: 1 }),
  });
  const strided = fc
    .record({
      order: fc.shuffledSubarray(axes, { minLength: axes.length }),
      plans: fc.array(plan, { minLength: axes.length, maxLength: axes.length }),
    })
    .map(({ order, plans }) => {
      const size = order.map((axis) => shape[axis]!);
      const whole = size.map((n, i) => n * Math.abs(plans[i]!.step) + 2 * plans[i]!.margin);
      const begin = plans.map(({ step, margin }, i) =>
        step > 0 ? margin : margin - (size[i]! - 1) * step,
      );
      const step = plans.map((axis) => axis.step);
      const stored = sliceLayout(rowMajor(whole), { begin, size, step });
      const layout = transposeLayout(
        stored,
        axes.map((axis) => order.indexOf(axis)),
      );
      return { ...layout, dtype, length: sizeOf(whole) + 1 };
    });
  return fc.oneof(places(dtype, shape), strided);
}
