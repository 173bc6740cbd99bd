import {
  arrayStorage,
  isRowMajor,
  newTypedArray,
  sizeOf,
  Tensor,
  toTypedArray,
  type Layout,
  type Shape,
  type View,
} from '@gradus/tensor';
import type { Backend } from '../../src/index';
import type { ChainedCall, OperandPlan } from './callChains';
import { engineTolerances } from '../calls/checkCall';
import { expectValue, type Closeness } from '../calls/expectValue';

/**
 * Runs a chain of calls on an engine, in scopes, and checks every result when it is computed and
 * again later; and that what did not survive its scope cannot be read afterwards.
 * @throws Error
 */
export function checkChain(
  backend: Backend,
  chain: readonly ChainedCall[],
  closeness: Closeness = { relative: engineTolerances.float32 },
): void {
  const { scopes } = backend;
  const open: Result[][] = [[]];
  scopes?.enter();
  try {
    for (const { scope, ...chained } of chain) {
      if (scope === 'enter') {
        scopes?.enter();
        open.push([]);
      }
      open.at(-1)!.push(compute(backend, chained, open.flat(), closeness));
      if (scope === 'leave' && open.length > 1) {
        const survivor = leave(backend, open.pop()!);
        open.at(-1)!.push(survivor);
      }
    }
    open.flat().forEach(expectUnchanged);
  } finally {
    open.forEach(() => scopes?.leave([]));
  }
}

/** A result, and the numbers that it has to hold until its scope ends. */
interface Result {
  readonly tensor: Tensor;
  readonly numbers: ArrayLike<number>;
}

function compute(
  backend: Backend,
  { call, operands }: Pick<ChainedCall, 'call' | 'operands'>,
  former: readonly Result[],
  closeness: Closeness,
): Result {
  const usable = call.ownNumbers ? [] : former.filter(isUsable);
  const inputs = call.inputs.map((own, i) => operand(backend, own, operands[i]!, usable));
  const numbers = inputs.map((input) => toTypedArray(input));
  const { dtype, length } = call.out;
  const tensor = new Tensor(backend.allocate(dtype, length), call.out);
  tensor.data.fill(NaN);
  call.run(backend, inputs, tensor);
  inputs.forEach((input, i) => {
    if (isSame(toTypedArray(input), numbers[i]!)) return;
    throw new Error(`${call.kernel}: argument ${i} changed.`);
  });
  expectValue(call, inputs, tensor, closeness);
  return { tensor, numbers: toTypedArray(tensor) };
}

/**
 * Whether windows can be opened on it, sums and products of its numbers stay within the range of
 * float32, and not all of what comes of it is NaN.
 */
function isUsable({ tensor, numbers }: Result): boolean {
  if (!isRowMajor(tensor) || tensor.dtype !== 'float32') return false;
  const finite = Array.from(numbers).filter(Number.isFinite);
  return finite.length * 2 > numbers.length && finite.every((x) => Math.abs(x) <= 2 ** 30);
}

function operand(
  backend: Backend,
  own: View,
  plan: OperandPlan,
  results: readonly Result[],
): Tensor {
  const result =
    plan.from === 'result' && own.dtype === 'float32'
      ? results.at(-1 - plan.result)?.tensor
      : undefined;
  if (result !== undefined && sizeOf(own.shape) > 0) {
    const window = windowWithin(result.size, own.shape, plan);
    return new Tensor(result.storage, { ...window, offset: result.offset + window.offset });
  }
  const { dtype, data } = own;
  const storage =
    plan.from === 'engine'
      ? backend.allocate(dtype, data.length)
      : arrayStorage(dtype, newTypedArray(dtype, data.length));
  storage.data.set(data);
  return new Tensor(storage, own);
}

/** A layout of any shape on so many elements, with strides as planned where there is room for them. */
function windowWithin(length: number, shape: Shape, plan: OperandPlan): Layout {
  let room = length - 1;
  let offset = 0;
  const strides = shape.map((size, axis) => {
    const planned = plan.strides[axis] ?? 0;
    const step = size === 1 ? 0 : Math.min(Math.abs(planned), Math.floor(room / (size - 1)));
    room -= step * (size - 1);
    if (planned >= 0) return step;
    offset += step * (size - 1);
    return -step;
  });
  return { shape, strides, offset: offset + Math.min(plan.offset, room) };
}

/** Ends the innermost scope, whose last result survives, and checks what becomes of all of them. */
function leave(backend: Backend, results: readonly Result[]): Result {
  results.forEach(expectUnchanged);
  const survivor = results.at(-1)!;
  backend.scopes?.leave([survivor.tensor.storage]);
  if (backend.scopes !== undefined) {
    for (const { tensor } of results) if (tensor !== survivor.tensor) expectEnded(tensor);
  }
  expectUnchanged(survivor);
  return survivor;
}

function expectUnchanged({ tensor, numbers }: Result): void {
  if (isSame(toTypedArray(tensor), numbers)) return;
  throw new Error('a result changed before its scope ended.');
}

function expectEnded({ storage }: Tensor): void {
  if (Object.hasOwn(storage, 'data')) return;
  try {
    void storage.data;
  } catch {
    return;
  }
  throw new Error('a result can be read whose scope has ended.');
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return Array.from(a).every((value, i) => Object.is(value, b[i]));
}
