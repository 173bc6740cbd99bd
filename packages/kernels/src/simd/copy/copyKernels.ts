import {
  defineFunction,
  f32,
  f32x4,
  i32,
  increase,
  makeLocals,
  repeat,
  repeatWhile,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';

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

/** Rows of the target that `transposeKernel` fills together: whole cache lines of the source. */
export const panelRows = 32;

/**
 * Copies a matrix whose columns have no gaps in the source, and its rows none in the target. `rows`
 * and `columns` are multiples of four; rows are taken up to `panelRows` at a time.
 */
export function transposeKernel(): WasmFunction {
  return defineFunction('copy', parameters, (p, local) => {
    const names = ['panel', 'column', 'row', 'at', 'to', 'fromColumn', 'toColumn'];
    const [panel, columns, rows, at, to, source, target] = names.map((name) =>
      local('i32', name),
    ) as Local<'i32'>[];
    const block = new Block(local, p.fromColumn, p.toRow);
    return repeatWhile(p.rows, [
      set(panel!, i32.select(p.rows, panelRows, i32.ltS(p.rows, panelRows))),
      set(source!, p.from),
      set(target!, p.to),
      set(columns!, p.columns),
      repeatWhile(columns!, [
        set(at!, source!),
        set(to!, target!),
        set(rows!, panel!),
        repeatWhile(rows!, [
          block.transpose(at!, to!),
          increase(at!, 16),
          increase(to!, i32.shl(p.toRow, 2)),
          increase(rows!, -4),
        ]),
        increase(source!, i32.shl(p.fromColumn, 2)),
        increase(target!, 16),
        increase(columns!, -4),
      ]),
      increase(p.from, i32.shl(panel!, 2)),
      increase(p.to, i32.mul(panel!, p.toRow)),
      increase(p.rows, i32.sub(0, panel!)),
    ]);
  });
}

/** Four lines of four numbers. */
class Block {
  private readonly lines: readonly Local<'v128'>[];
  private readonly pairs: readonly Local<'v128'>[];
  private readonly line: Local<'i32'>;

  constructor(
    local: MakeLocal,
    private readonly fromStep: Local<'i32'>,
    private readonly toStep: Local<'i32'>,
  ) {
    this.lines = makeLocals(local, 'v128', 'line', 4);
    this.pairs = makeLocals(local, 'v128', 'pair', 4);
    this.line = local('i32', 'line');
  }

  /** Reads lines `fromStep` bytes apart, and writes the columns as lines `toStep` bytes apart. */
  transpose(from: Local<'i32'>, to: Local<'i32'>): Body {
    const { lines, pairs, line, fromStep, toStep } = this;
    const [a, b, c, d] = lines as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    const [ab01, ab23, cd01, cd23] = pairs as typeof lines &
      [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    const columns = [
      f32x4.shuffle(ab01, cd01, [0, 1, 4, 5]),
      f32x4.shuffle(ab01, cd01, [2, 3, 6, 7]),
      f32x4.shuffle(ab23, cd23, [0, 1, 4, 5]),
      f32x4.shuffle(ab23, cd23, [2, 3, 6, 7]),
    ];
    return [
      set(line, from),
      lines.map((value) => [set(value, v128.load(line)), increase(line, fromStep)]),
      set(ab01, f32x4.shuffle(a, b, [0, 4, 1, 5])),
      set(ab23, f32x4.shuffle(a, b, [2, 6, 3, 7])),
      set(cd01, f32x4.shuffle(c, d, [0, 4, 1, 5])),
      set(cd23, f32x4.shuffle(c, d, [2, 6, 3, 7])),
      set(line, to),
      columns.map((column) => [v128.store(line, column), increase(line, toStep)]),
    ];
  }
}
