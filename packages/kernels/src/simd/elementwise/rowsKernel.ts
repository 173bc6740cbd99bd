import {
  branchIf,
  defineFunction,
  i32,
  increase,
  loop,
  makeLocals,
  repeat,
  set,
  v128,
  when,
  type Body,
  type Expression,
  type Label,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';

/** How an operand moves along a row: through its elements, or not at all. */
export type Stepping = 'along' | 'still';

/** A formula on vectors: what to do first, and the expression of its value. */
export interface Formula {
  readonly first: Body;
  readonly value: Expression<'v128'>;
}

/** Writes a formula for operands that lie in locals; `local` makes what it needs besides. */
export type WriteFormula = (operands: readonly Local<'v128'>[], local: MakeLocal) => Formula;

/** What an elementwise kernel computes, and of what. */
export interface RowsKernel {
  readonly name: string;
  /** One or two. */
  readonly operands: readonly Stepping[];
  readonly formula: WriteFormula;
  /** Vectors to handle in one turn of the innermost loop: more for short formulas. */
  readonly unroll: number;
}

/**
 * A kernel over rows of numbers: `(a, b, out, rows, columns, aStep, bStep)`, the steps being the bytes
 * from one row of an operand to the next; the rows of `out` follow each other without gaps. A row
 * whose length is no multiple of four writes a few numbers too many, which the next row overwrites,
 * or, behind the last one, nobody reads.
 */
export function rowsKernel({ name, operands, formula, unroll }: RowsKernel): WasmFunction {
  const parameters = {
    a: 'i32',
    b: 'i32',
    out: 'i32',
    rows: 'i32',
    columns: 'i32',
    aStep: 'i32',
    bStep: 'i32',
  } as const;
  return defineFunction(name, parameters, ({ a, b, out, rows, columns, aStep, bStep }, local) => {
    const starts = [a, b].slice(0, operands.length);
    const steps = [aStep, bStep];
    const at = starts.map((_, i) => local('i32', `at${i}`));
    const [to, left] = [local('i32', 'to'), local('i32', 'left')];
    const values = makeLocals(local, 'v128', 'value', operands.length);
    const write = formula(values, local);
    const vector = (index: number): Body => [
      operands.map((stepping, i) =>
        stepping === 'along' ? set(values[i]!, v128.load(at[i]!, 16 * index)) : [],
      ),
      write.first,
      v128.store(to, write.value, 16 * index),
    ];
    const forward = (vectors: number): Body => [
      operands.map((stepping, i) => (stepping === 'along' ? increase(at[i]!, 16 * vectors) : [])),
      increase(to, 16 * vectors),
      increase(left, -4 * vectors),
    ];
    const turn = (again: Label, vectors: number): Body => [
      Array.from({ length: vectors }, (_, i) => vector(i)),
      forward(vectors),
      branchIf(again, i32.gtS(left, vectors > 1 ? 4 * vectors - 1 : 0)),
    ];
    return repeat(rows, rows, [
      operands.map((stepping, i) =>
        stepping === 'along'
          ? set(at[i]!, starts[i]!)
          : set(values[i]!, v128.load32Splat(starts[i]!)),
      ),
      set(to, out),
      set(left, columns),
      unroll > 1
        ? when(
            i32.geS(left, 4 * unroll),
            loop('vectors', (again) => turn(again, unroll)),
          )
        : [],
      when(
        i32.gtS(left, 0),
        loop('vector', (again) => turn(again, 1)),
      ),
      starts.map((start, i) => increase(start, steps[i]!)),
      increase(out, i32.shl(columns, 2)),
    ]);
  });
}
