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
  when,
  type Body,
  type Local,
  type WasmFunction,
} from '../wasm';
import { addInPairs, blockLength, clear, DoubleSum } from './doubleSum';

/** Vectors of sums that stay in registers. */
const mostVectors = 8;
/** Columns that are added up together. */
export const mostColumns = 4 * mostVectors;

/**
 * `run(from, to, matrices, matrixStep, toStep, rows, rowStep)`: the sums of up to 32 columns of
 * matrices, whose rows begin `rowStep` bytes apart; matrices begin `matrixStep` bytes apart, their
 * sums `toStep`. Where a row takes few vectors, several rows are added up side by side, so that no
 * addition waits for the one before.
 */
export function sumColumnsKernel(columns: number): WasmFunction {
  const parameters = {
    from: 'i32',
    to: 'i32',
    matrices: 'i32',
    matrixStep: 'i32',
    toStep: 'i32',
    rows: 'i32',
    rowStep: 'i32',
  } as const;
  return defineFunction('run', parameters, (p, local) => {
    const vectors = Math.ceil(columns / 4);
    const rowsAtOnce = Math.floor(mostVectors / vectors);
    const [at, left, turns] = [local('i32', 'at'), local('i32', 'left'), local('i32', 'turns')];
    const sums = Array.from({ length: rowsAtOnce }, (_, row) =>
      makeLocals(local, 'v128', `row${row}_sum`, vectors),
    );
    const totals = Array.from({ length: vectors }, (_, v) => new DoubleSum(local, `total${v}_`));
    const addRow = (row: readonly Local<'v128'>[]): Body => [
      row.map((sum, v) => set(sum, f32x4.add(sum, v128.load(at, 16 * v)))),
      increase(at, p.rowStep),
    ];
    const block: Body = [
      sums.map(clear),
      set(turns, i32.divU(left, rowsAtOnce)),
      set(turns, i32.select(turns, blockLength, i32.ltS(turns, blockLength))),
      when(
        turns,
        [increase(left, i32.mul(turns, -rowsAtOnce)), repeat(turns, turns, sums.map(addRow))],
        // The last rows, when they are too few to fill a turn.
        [repeat(left, left, addRow(sums[0]!))],
      ),
      totals.map((total, v) => [addInPairs(sums.map((row) => row[v]!)), total.add(sums[0]![v]!)]),
    ];
    return repeat(p.matrices, p.matrices, [
      set(at, p.from),
      set(left, p.rows),
      totals.map((total) => total.begin()),
      repeatWhile(left, block),
      totals.map((total, v) =>
        v128.storeLanes(p.to, total.rounded(), Math.min(4, columns - 4 * v), 16 * v),
      ),
      increase(p.from, p.matrixStep),
      increase(p.to, p.toStep),
    ]);
  });
}
