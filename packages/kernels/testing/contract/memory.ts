import { dtypes, full, type Tensor, type View } from '@gradus/tensor';
import { defineLaw, expectClose, named, noTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { convGeometry, convOutputShape, type Backend } from '../../src/index';
import { anyCalls } from '../calls/anyCalls';
import { runCall } from '../calls/checkCall';
import { convKernels, rolesOf } from '../calls/convolutionCalls';
import type { KernelCall } from '../calls/kernelCall';
import { printedCalls } from './definitions';

/** What every other law relies on. */
export const allocationLaw: Law<Backend> = defineLaw({
  name: 'engine/allocation',
  statement: 'allocate(dtype, n) is room for n elements, none of them in another such room.',
  source: 'the interface `Backend`',
  domain: 'every element type, from no elements on',
  tolerance: noTolerance,
  cases: () => {
    const room = fc.record({ dtype: fc.constantFrom(...dtypes), size: fc.nat({ max: 1000 }) });
    return fc.record({ rooms: fc.array(room, { minLength: 1, maxLength: 4 }) });
  },
  holds(backend, { rooms }) {
    const storages = rooms.map(({ dtype, size }) => backend.allocate(dtype, size));
    rooms.forEach(({ dtype, size }, i) => {
      const { data } = storages[i]!;
      if (storages[i]!.dtype !== dtype || data.length < size) {
        throw new Error(
          `expected ${size} elements of ${dtype}; ` +
            `received ${data.length} of ${storages[i]!.dtype}.`,
        );
      }
      data.fill(i + 1);
    });
    rooms.forEach(({ size }, i) => {
      if (storages[i]!.data.subarray(0, size).every((value) => value === i + 1)) return;
      throw new Error(`storage ${i} of ${rooms.length} changed with a later one.`);
    });
  },
});

/** Where numbers lie, and that nothing is left over from one call to the next. */
export const memoryLaws: readonly Law<Backend>[] = [
  defineLaw({
    name: 'engine/forgets',
    statement: 'A call gives the same bits whatever was computed before.',
    source: 'the interface `Backend`: kernels fill `out` and only read their arguments',
    domain: 'float32 and float64; what was computed before was NaN',
    tolerance: noTolerance,
    // Few long lists of calls: poisoning takes a slow engine more time than all of them.
    casesPerRun: 1 / 8,
    cases: () =>
      fc.constantFrom('float32', 'float64').chain((dtype) => {
        const calls = printedCalls(anyCalls([], dtype)).map(({ call }) => call);
        return fc.record({
          dtype: fc.constant(dtype),
          // The first cases drawn would be short ones otherwise.
          calls: fc.noBias(fc.array(calls, { minLength: 1, maxLength: 40, size: 'max' })),
        });
      }),
    holds(backend, { dtype, calls }) {
      const first = calls.map((call) => runCall(backend, call));
      poison(backend, dtype);
      calls.forEach((call, i) => expectSame(call, runCall(backend, call), first[i]!));
    },
  }),
  defineLaw({
    name: 'engine/one-array',
    statement: 'The arguments of a call and its result may lie in one array.',
    source:
      'the interface `Backend`: `out` shares no element with the arguments, but may a storage',
    domain: 'float32',
    tolerance: noTolerance,
    cases: () => printedCalls(anyCalls([])),
    holds(backend, { call }) {
      const [inputs, out] = inOneArray(call);
      call.run(backend, inputs, out);
      expectSame(call, out, runCall(backend, call));
    },
  }),
];

/** Larger calls on nothing but NaN: whatever is left of them shows in the next result. */
function poison(backend: Backend, dtype: 'float32' | 'float64'): void {
  const nan = (shape: readonly number[]): Tensor => full(shape, NaN, dtype);
  backend.matMul(nan([40, 50]), nan([50, 60]), nan([40, 60]));
  backend.reduce('sum', nan([20, 20, 20]), [1], nan([20, 20]));
  for (const channels of [1, 9]) {
    for (const strides of [1, 2]) {
      const x = [3, 16, 16, channels];
      const filter = [2, 2, channels, channels];
      const geometry = convGeometry('conv2d', x, filter, { strides });
      const shapes = { x, filter, y: convOutputShape(geometry) };
      for (const kernel of convKernels) {
        const { inputs, out } = rolesOf(kernel, shapes);
        backend[kernel](nan(inputs[0]), nan(inputs[1]), geometry, nan(out));
      }
    }
  }
}

/** The same call with all its storage in one array: arguments first, then the result. */
function inOneArray({ inputs, out }: KernelCall): [inputs: View[], out: View] {
  const lengths = inputs.map(({ data }) => data.length);
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, n) => sum + n));
  const data = new Float32Array(ends.at(-1)! + out.length);
  inputs.forEach((view, i) => data.set(view.data, ends[i]! - lengths[i]!));
  const moved = (view: Pick<View, 'shape' | 'strides' | 'offset'>, by: number): View => {
    const { shape, strides, offset } = view;
    return { dtype: 'float32', data, shape, strides, offset: offset + by };
  };
  return [inputs.map((view, i) => moved(view, ends[i]! - lengths[i]!)), moved(out, ends.at(-1)!)];
}

function expectSame(call: KernelCall, actual: View, expected: View): void {
  named(call.kernel, () => expectClose(actual, expected, { relative: 0 }));
}
