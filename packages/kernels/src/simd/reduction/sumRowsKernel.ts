import {
  defineFunction,
  f32x4,
  i32,
  increase,
  makeLocals,
  repeat,
  repeatWhile,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { addInPairs, blockLength, clear, DoubleSum } from './doubleSum';

/** Enough sums side by side that no addition waits for the one before. */
const vectors = 8;

/**
 * `run(from, to, rows, rowStep, columns)`: the sum of each row of a matrix, whose rows begin
 * `rowStep` bytes apart. The sums follow each other without gaps.
 */
export function sumRowsKernel(): WasmFunction {
  const parameters = {
    from: 'i32',
    to: 'i32',
    rows: 'i32',
    rowStep: 'i32',
    columns: 'i32',
  } as const;
  return defineFunction('run', parameters, ({ from, to, rows, rowStep, columns }, local) => {
    const [at, left, turns] = [local('i32', 'at'), local('i32', 'left'), local('i32', 'turns')];
    const sums = makeLocals(local, 'v128', 'sum', vectors);
    const numbers = sums[0]!;
    const total = new DoubleSum(local, 'total');
    const perTurn = 4 * vectors;
    const block: Body = [
      clear(sums),
      set(turns, i32.divU(left, perTurn)),
      set(turns, i32.select(turns, blockLength, i32.ltS(turns, blockLength))),
      increase(left, i32.mul(turns, -perTurn)),
      repeat(turns, turns, [
        sums.map((sum, v) => set(sum, f32x4.add(sum, v128.load(at, 16 * v)))),
        increase(at, 4 * perTurn),
      ]),
      addInPairs(sums),
      total.add(numbers),
    ];
    return repeat(rows, rows, [
      set(at, from),
      set(left, columns),
      total.begin(),
      repeatWhile(i32.geS(left, perTurn), block),
      repeatWhile(i32.geS(left, 4), [
        set(numbers, v128.load(at)),
        total.add(numbers),
        increase(at, 16),
        increase(left, -4),
      ]),
      repeatWhile(left, [
        set(numbers, v128.load32Zero(at)),
        total.add(numbers),
        increase(at, 4),
        increase(left, -1),
      ]),
      v128.store32Lane(to, total.roundedTotal(), 0),
      increase(from, rowStep),
      increase(to, 4),
    ]);
  });
}
