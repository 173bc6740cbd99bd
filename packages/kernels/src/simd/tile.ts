import {
  block,
  branchIf,
  f32x4,
  i32,
  increase,
  loop,
  makeLocals,
  multiplyAdd,
  set,
  v128,
  type Body,
  type Expression,
  type Int,
  type Local,
  type MakeLocal,
} from './wasm';

/** Rows of a result that are computed together. */
export const tileRows = 4;
/** Columns of a result that are computed together: two vectors. */
export const tileColumns = 8;

/** Steps of a long sum in one turn of a loop. */
const stepsAtOnce = 8;

/** How a tile finds its next operands. */
export interface Walk {
  /** Where the numbers of the rows lie, `rowOffsets` from here; it moves on by `rowStep` bytes. */
  readonly row: Local<'i32'>;
  readonly rowStep: number;
  /** Where the vectors of columns lie, one after the other; it moves on by `columnStep` bytes, not 0. */
  readonly column: Local<'i32'>;
  readonly columnStep: number;
  /** Number of products to add to each sum, at least 1. */
  readonly count: Int;
}

/**
 * A part of a result, a few rows by a few vectors of columns, as sums in registers: at each step a
 * number for each row is multiplied with the vectors of the columns. Eight vectors of sums leave room
 * among the sixteen registers of x86 for the operands; with twelve, which is common elsewhere, V8's
 * register allocation loses 40 % (measured).
 */
export class Tile {
  readonly sums: readonly (readonly Local<'v128'>[])[];
  private readonly columns: readonly Local<'v128'>[];
  private readonly number: Local<'v128'>;
  private readonly end: Local<'i32'>;

  /** @param rowOffsets for each row, how many bytes its number lies behind that of the first. */
  constructor(
    local: MakeLocal,
    private readonly rowOffsets: readonly number[],
    readonly vectors: number,
  ) {
    this.sums = rowOffsets.map((_, i) => makeLocals(local, 'v128', `sum${i}_`, vectors));
    this.columns = makeLocals(local, 'v128', 'columns', vectors);
    this.number = local('v128', 'number');
    this.end = local('i32', 'end');
  }

  /** Begins with these values, one for each vector of columns; all 0 without. */
  begin(values?: readonly Expression<'v128'>[]): Body {
    return this.sums.map((row) => row.map((sum, v) => set(sum, values?.[v] ?? f32x4.const(0))));
  }

  /** Begins with sums that lie in memory, rows `rowStep` bytes apart. */
  load(from: Local<'i32'>, rowStep: number): Body {
    return this.sums.map((row, i) =>
      row.map((sum, v) => set(sum, v128.load(from, i * rowStep + 16 * v))),
    );
  }

  /** Writes the sums, whole vectors, to rows that are `rowStep` bytes apart. */
  store(to: Local<'i32'>, rowStep: number): Body {
    return this.sums.map((row, i) =>
      row.map((sum, v) => v128.store(to, sum, i * rowStep + 16 * v)),
    );
  }

  /**
   * Adds the sums, whole vectors, to rows that are `rowStep` bytes apart. Summing part by part, and the
   * parts, rounds far less than summing everything in one go.
   */
  addTo(to: Local<'i32'>, rowStep: number): Body {
    return this.sums.map((row, i) =>
      row.map((sum, v) => {
        const at = i * rowStep + 16 * v;
        return v128.store(to, f32x4.add(v128.load(to, at), sum), at);
      }),
    );
  }

  /**
   * Adds products, step by step. Steps stand one after the other in a turn of the loop, with an exit
   * after each: without exits V8 would move all loads of the turn to its beginning and run out of
   * registers, which takes twice the time (measured; with eight steps 9 to 18 % less than with one).
   */
  addProducts({ row, rowStep, column, columnStep, count }: Walk): Body {
    const { end } = this;
    return [
      set(end, i32.add(column, i32.mul(count, columnStep))),
      block('products', (done) =>
        loop('steps', (again) => [
          Array.from({ length: stepsAtOnce }, (_, i) => [
            this.step(row, column),
            increase(row, rowStep),
            increase(column, columnStep),
            i < stepsAtOnce - 1
              ? branchIf(done, i32.eq(column, end))
              : branchIf(again, i32.ne(column, end)),
          ]),
        ]),
      ),
    ];
  }

  /**
   * Adds a few products, always as many: the steps stand one after the other, with an exit after each,
   * which is never taken but keeps V8 from moving loads across it (measured, three steps: 3 to 8 % less
   * time than in a loop).
   * @param steps how many; `count` is the same number, where V8 cannot know it.
   */
  addFewProducts(steps: number, { row, rowStep, column, columnStep, count }: Walk): Body {
    return [
      block('products', (end) =>
        Array.from({ length: steps }, (_, i) => [
          this.step(row, column, i * rowStep, i * columnStep),
          i < steps - 1 ? branchIf(end, i32.eq(count, i + 1)) : [],
        ]),
      ),
      increase(row, steps * rowStep),
      increase(column, steps * columnStep),
    ];
  }

  private step(row: Local<'i32'>, column: Local<'i32'>, rowAt = 0, columnAt = 0): Body {
    const { sums, columns, number, rowOffsets } = this;
    return [
      columns.map((vector, v) => set(vector, v128.load(column, columnAt + 16 * v))),
      sums.map((sumsOfRow, i) => [
        set(number, v128.load32Splat(row, rowAt + rowOffsets[i]!)),
        sumsOfRow.map((sum, v) => set(sum, multiplyAdd(number, columns[v]!, sum))),
      ]),
    ];
  }
}
