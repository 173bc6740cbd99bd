import {
  defineFunction,
  f32,
  i32,
  increase,
  repeat,
  repeatWhile,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';
import { fourByFour } from '../fourByFour';

/*
 * Kernels that copy a matrix `(from, to, rows, columns, fromRow, fromColumn, toRow, toColumn)`; the
 * last four are the bytes from one row, and one column, to the next, in the source and in the target.
 */
const parameters = {
  from: 'i32',
  to: 'i32',
  rows: 'i32',
  columns: 'i32',
  fromRow: 'i32',
  fromColumn: 'i32',
  toRow: 'i32',
  toColumn: 'i32',
} as const;

/** Copies rows that have no gaps in source and target. */
export function copyRowsKernel(): WasmFunction {
  return defineFunction('copy', parameters, (p, local) => {
    const [at, to, left] = [local('i32', 'at'), local('i32', 'to'), local('i32', 'left')];
    const vectors = (count: number): Body =>
      repeatWhile(i32.geS(left, 4 * count), [
        Array.from({ length: count }, (_, v) => v128.store(to, v128.load(at, 16 * v), 16 * v)),
        increase(at, 16 * count),
        increase(to, 16 * count),
        increase(left, -4 * count),
      ]);
    return repeat(p.rows, p.rows, [
      set(at, p.from),
      set(to, p.to),
      set(left, p.columns),
      vectors(4),
      vectors(1),
      repeatWhile(left, [
        f32.store(to, f32.load(at)),
        increase(at, 4),
        increase(to, 4),
        increase(left, -1),
      ]),
      increase(p.from, p.fromRow),
      increase(p.to, p.toRow),
    ]);
  });
}

/** Copies a matrix with any steps, number by number. */
export function copyElementsKernel(): WasmFunction {
  return defineFunction('copy', parameters, (p, local) => {
    const [at, to, left] = [local('i32', 'at'), local('i32', 'to'), local('i32', 'left')];
    return repeat(p.rows, p.rows, [
      set(at, p.from),
      set(to, p.to),
      repeat(left, p.columns, [
        f32.store(to, f32.load(at)),
        increase(at, p.fromColumn),
        increase(to, p.toColumn),
      ]),
      increase(p.from, p.fromRow),
      increase(p.to, p.toRow),
    ]);
  });
}

/**
 * Rows of the target that are filled together, so that cache lines of the source are read whole or in
 * two halves. More rows would compete for the same places of the cache where they lie a power of two
 * apart (measured for 4, 8, 16 and 32).
 */
const panelRows = 8;

/**
 * Copies a matrix whose columns have no gaps in the source, and whose rows have none in the target.
 * The numbers of rows and of columns are multiples of four.
 */
export function transposeKernel(): WasmFunction {
  return defineFunction('copy', parameters, (p, local) => {
    const [rows, rowsLeft] = [local('i32', 'rows'), local('i32', 'rowsLeft')];
    const columnsLeft = local('i32', 'columnsLeft');
    const [panelFrom, panelTo] = [local('i32', 'panelFrom'), local('i32', 'panelTo')];
    const [at, to] = [local('i32', 'at'), local('i32', 'to')];
    const transposeBlock = blockTransposer(local);
    return repeatWhile(p.rows, [
      set(rows, i32.select(p.rows, panelRows, i32.ltS(p.rows, panelRows))),
      set(panelFrom, p.from),
      set(panelTo, p.to),
      set(columnsLeft, p.columns),
      repeatWhile(columnsLeft, [
        set(at, panelFrom),
        set(to, panelTo),
        set(rowsLeft, rows),
        repeatWhile(rowsLeft, [
          transposeBlock({ at, step: p.fromColumn }, { at: to, step: p.toRow }),
          increase(at, 16),
          increase(to, i32.shl(p.toRow, 2)),
          increase(rowsLeft, -4),
        ]),
        increase(panelFrom, i32.shl(p.fromColumn, 2)),
        increase(panelTo, 16),
        increase(columnsLeft, -4),
      ]),
      increase(p.from, i32.shl(rows, 2)),
      increase(p.to, i32.mul(rows, p.toRow)),
      set(p.rows, i32.sub(p.rows, rows)),
    ]);
  });
}

/** Four lines of four numbers, `step` bytes apart. */
interface Lines {
  readonly at: Local<'i32'>;
  readonly step: Local<'i32'>;
}

/** Writes the columns of four lines as lines. */
function blockTransposer(local: MakeLocal): (source: Lines, target: Lines) => Body {
  const line = local('i32', 'line');
  const { rows, turn, columns } = fourByFour(local);
  return (source, target) => [
    set(line, source.at),
    rows.map((row) => [set(row, v128.load(line)), increase(line, source.step)]),
    turn,
    set(line, target.at),
    columns.map((column) => [v128.store(line, column), increase(line, target.step)]),
  ];
}
