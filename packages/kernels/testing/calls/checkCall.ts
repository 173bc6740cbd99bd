import {
  arrayStorage,
  isFloat,
  newTypedArray,
  Tensor,
  typedArrayFrom,
  zeros,
  type DType,
  type Storage,
  type View,
} from '@gradus/tensor';
import { expectClose, named, positionsOf } from '@gradus/tensor/testing';
import type { Backend } from '../../src/index';
import { reference } from '../../src/reference/index';
import type { KernelCall } from './kernelCall';

/** Largest differences allowed, relative to the largest number of the result. */
export const engineTolerances = {
  /** float64 against the definition. */
  float64: 1e-12,
  /** float32 against the definition in float64. */
  float32: 1e-5,
} as const;

/** How closely to look. */
export interface CheckOptions {
  /** Largest difference allowed in float32; default `engineTolerances.float32`. */
  readonly float32?: number;
}

/**
 * Checks one call of a kernel: that the result is that of `reference` (float32 is compared with
 * float64), that all of it is filled, that nothing beside it is written, and that the arguments and
 * whatever lies around them are left alone. All this in ordinary arrays, and in memory that the
 * engine allocates.
 * @throws Error that names the kernel and says what differed, where, and by how much.
 */
export function checkCall(backend: Backend, call: KernelCall, options: CheckOptions = {}): void {
  const { float32 = engineTolerances.float32 } = options;
  const { dtype } = call.out;
  const relative = call.exact || !isFloat(dtype) ? 0 : { ...engineTolerances, float32 }[dtype];
  const expected = valueByDefinition(call);
  const check = (allocate: Allocate): void =>
    expectClose(runCall(backend, call, allocate), expected, { relative });
  named(`${call.kernel}, ${dtype}, in ordinary arrays`, () => check(ordinary));
  named(`${call.kernel}, ${dtype}, in the engine's memory`, () => {
    backend.scopes?.enter();
    try {
      check((dtype, size) => backend.allocate(dtype, size));
    } finally {
      backend.scopes?.leave([]);
    }
  });
}

type Allocate = <D extends DType>(dtype: D, size: number) => Storage<D>;

const ordinary: Allocate = (dtype, size) => arrayStorage(dtype, newTypedArray(dtype, size));

/**
 * The result of a call in new memory.
 * @throws Error if an argument changed, or anything beside the result.
 */
export function runCall(backend: Backend, call: KernelCall, allocate: Allocate = ordinary): Tensor {
  const inputs = call.inputs.map((view) => {
    const input = new Tensor(allocate(view.dtype, view.data.length), view);
    input.data.set(view.data);
    return input;
  });
  const out = new Tensor(allocate(call.out.dtype, call.out.length), call.out);
  const own = positionsOf(out);
  out.data.fill(beside);
  for (const at of own) out.data[at] = within(out.dtype);
  call.run(backend, inputs, out);
  inputs.forEach((input, i) => {
    const changed = call.inputs[i]!.data.findIndex((was, at) => !Object.is(input.data[at], was));
    if (changed >= 0)
      throw new Error(`element ${changed} of the storage of argument ${i} changed.`);
  });
  const isOwn = new Set(own);
  for (let at = 0; at < call.out.length; at++) {
    if (isOwn.has(at) || out.data[at] === beside) continue;
    throw new Error(`element ${at} of the storage of out changed, which is not of the result.`);
  }
  return out;
}

/** What `reference` makes of a call: in float64 where the result is rounded to float32. */
function valueByDefinition(call: KernelCall): Tensor {
  const { dtype, shape } = call.out;
  const widened = dtype === 'float32' && !call.exact;
  const out = zeros(shape, widened ? 'float64' : dtype);
  call.run(reference, widened ? call.inputs.map(asDoubles) : call.inputs, out);
  return out;
}

function asDoubles(view: View): View {
  return new Tensor(arrayStorage('float64', typedArrayFrom('float64', view.data)), view);
}

/** What lies beside a result before; a number, since what is read where nothing is becomes NaN. */
const beside = 99;

/** What lies in a result before: whatever a kernel makes of it, it shows. */
function within(dtype: DType): number {
  return isFloat(dtype) ? NaN : 77;
}
