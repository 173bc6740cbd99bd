import {
  arrayStorage,
  Tensor,
  toTypedArray,
  typedArrayFrom,
  zeros,
  type View,
} from '@gradus/tensor';
import { reference } from '../../src/reference/index';
import type { KernelCall } from './kernelCall';

/** The rounding errors of some hundred numbers below the normal range: their digits are 2^-149. */
const subnormal = 2 ** -140;

/** How closely a result has to agree. */
export interface Closeness {
  /**
   * Largest error, in proportion to the largest finite number of the result; if it consists of sums,
   * to the largest sum of magnitudes.
   */
  readonly relative: number;
  /**
   * Whether the engine mixes numbers that do not meet in any sum, as transforms do: then errors are in
   * proportion to the largest numbers of the arguments too. Default false.
   */
  readonly mixes?: boolean;
}

/** What a call is compared with, and how closely. */
interface Expected {
  readonly values: ArrayLike<number>;
  /** Largest difference allowed. */
  readonly tolerance: number;
  /** For each element, whether it may be NaN or infinite though its value is neither. */
  readonly mayFail: (element: number) => boolean;
}

/**
 * Checks the result of a call for these inputs, float32, against `reference` in float64. Where NaN
 * and infinities may spread, they are allowed as far as `Backend` says; nowhere may they vanish.
 * @throws Error that names an element which differs.
 */
export function expectValue(
  call: KernelCall,
  inputs: readonly View[],
  out: View,
  closeness: Closeness,
): void {
  const { values, tolerance, mayFail } = expectedOf(call, inputs, closeness);
  const found = toTypedArray(out);
  const wrong = found.findIndex((value, i) => {
    const expected = values[i]!;
    if (Object.is(value, expected)) return false;
    if (!Number.isFinite(value)) return Number.isFinite(expected) ? !mayFail(i) : !call.spreads;
    return !(Math.abs(value - expected) <= tolerance);
  });
  if (wrong < 0) return;
  throw new Error(
    `${call.kernel}: expected ${values[wrong]} at element ${wrong}; received ${found[wrong]}. ` +
      `The largest difference allowed is ${tolerance}.`,
  );
}

function expectedOf(
  call: KernelCall,
  inputs: readonly View[],
  { relative, mixes = false }: Closeness,
): Expected {
  const exact = zeros(call.out.shape, 'float64');
  call.run(
    reference,
    inputs.map((view) => inDoubles(view)),
    exact,
  );
  // Beyond the range of float32 lies infinity.
  const values = Float32Array.from(exact.data);
  const scale = call.linearIn?.length ? sumsOfMagnitudes(call, inputs) : values;
  const mixed = mixes ? productOfLargest(call, inputs) : 0;
  const tolerance = call.exact ? 0 : relative * Math.max(largest(scale), mixed) + subnormal;
  return { values, tolerance, mayFail: failuresAllowed(call, inputs) };
}

function productOfLargest({ linearIn = [] }: KernelCall, inputs: readonly View[]): number {
  return linearIn.reduce((product, i) => product * largest(toTypedArray(inputs[i]!)), 1);
}

function sumsOfMagnitudes(call: KernelCall, inputs: readonly View[]): Float64Array {
  const sums = zeros(call.out.shape, 'float64');
  call.run(
    reference,
    inputs.map((view, i) => inDoubles(view, call.linearIn?.includes(i) ? Math.abs : undefined)),
    sums,
  );
  return sums.data;
}

function failuresAllowed(call: KernelCall, inputs: readonly View[]): Expected['mayFail'] {
  if (call.spreads === undefined) return () => false;
  const finite = inputs.map((view) => Array.from(toTypedArray(view), Number.isFinite));
  if (call.spreads === 'result') {
    const any = finite.some((view) => view.includes(false));
    return () => any;
  }
  const [images, filter] = finite as [boolean[], boolean[]];
  const batch = call.out.shape[0]!;
  const size = call.out.shape.slice(1).reduce((product, n) => product * n, 1);
  const own = images.length / batch;
  return (element) => {
    const image = Math.floor(element / size);
    return filter.includes(false) || images.slice(image * own, (image + 1) * own).includes(false);
  };
}

function inDoubles(view: View, f = (x: number): number => x): View {
  const data = typedArrayFrom('float64', view.data).map(f);
  return new Tensor(arrayStorage('float64', data), view);
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce(
    (max, x) => (Number.isFinite(x) ? Math.max(max, Math.abs(x)) : max),
    0,
  );
}
