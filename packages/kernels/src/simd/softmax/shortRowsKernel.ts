import type { RowKernel } from '../../backend';
import { logFormula, setExpOfNegative } from '../elementwise/transcendental';
import {
  defineFunction,
  f32x4,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { addInPairs } from '../reduction/doubleSum';
import { maskedVector, setLarger, spreadLargest } from './rowParts';

/** Vectors of a row that stay in registers. */
export const mostVectors = 8;

/**
 * `run(from, to, rows)`: softmax or logSoftmax of rows of so many columns, at most 32, which follow
 * each other without gaps. A row is loaded once and stored once; neighbouring rows do not wait for
 * each other. The last vector of a row may write a few numbers too many, which the next row
 * overwrites, or, behind the last one, nobody reads.
 */
export function shortRowsKernel(kernel: RowKernel, columns: number): WasmFunction {
  const parameters = { from: 'i32', to: 'i32', rows: 'i32' } as const;
  return defineFunction('run', parameters, ({ from, to, rows }, local) => {
    const vectors = Math.ceil(columns / 4);
    const numbers = makeLocals(local, 'v128', 'numbers', vectors);
    const powers = makeLocals(local, 'v128', 'powers', vectors);
    const [largest, power] = [local('v128', 'largest'), local('v128', 'power')];
    const total = powers[0]!;
    const logarithm = logFormula([total], local);
    const load = (v: number): Body => {
      const loaded = v128.load(from, 16 * v);
      const live = columns - 4 * v;
      return set(numbers[v]!, live < 4 ? maskedVector(loaded, live) : loaded);
    };
    const toPowers = numbers.map((row, v) => [
      set(row, f32x4.sub(row, largest)),
      set(power, row),
      setExpOfNegative(power, local),
      set(powers[v]!, power),
      // The powers are the result of softmax; logSoftmax needs the shifted numbers.
      kernel === 'softmax' ? set(row, power) : [],
    ]);
    const store = numbers.map((row, v) =>
      v128.store(to, kernel === 'softmax' ? f32x4.mul(row, total) : f32x4.sub(row, total), 16 * v),
    );
    return repeat(rows, rows, [
      numbers.map((_, v) => load(v)),
      set(largest, f32x4.const(-Infinity)),
      numbers.map((row) => setLarger(largest, row)),
      spreadLargest(largest),
      toPowers,
      addInPairs(powers),
      set(total, f32x4.add(total, f32x4.shuffle(total, total, [2, 3, 0, 1]))),
      set(total, f32x4.add(total, f32x4.shuffle(total, total, [1, 0, 3, 2]))),
      kernel === 'softmax'
        ? set(total, f32x4.div(f32x4.const(1), total))
        : [logarithm.first, set(total, logarithm.value)],
      store,
      increase(from, 4 * columns),
      increase(to, 4 * columns),
    ]);
  });
}
