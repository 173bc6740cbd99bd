import {
  branchIf,
  defineFunction,
  f32x4,
  i32,
  increase,
  loop,
  repeat,
  set,
  v128,
  type Body,
  type Expression,
  type WasmFunction,
} from '../wasm';
import { columnsAtOnce } from './columns';

type Vector = Expression<'v128'>;

/** What a kernel computes of x, dy and numbers that each column has of its own. */
interface Formula {
  readonly parameters: number;
  readonly usesDy: boolean;
  readonly write: (x: Vector, dy: Vector, parameters: readonly Vector[]) => Vector;
}

/** The formulas, by name. */
export const formulas = {
  /** (x - mean) factor + shift. */
  normalize: {
    parameters: 3,
    usesDy: false,
    write: (x, _, [mean, factor, shift]) =>
      f32x4.add(f32x4.mul(f32x4.sub(x, mean!), factor!), shift!),
  },
  /** (dy - share - (x - mean) slant) factor. */
  gradient: {
    parameters: 4,
    usesDy: true,
    write: (x, dy, [mean, factor, share, slant]) =>
      f32x4.mul(f32x4.sub(f32x4.sub(dy, share!), f32x4.mul(f32x4.sub(x, mean!), slant!)), factor!),
  },
} satisfies Readonly<Record<string, Formula>>;

/** The name of a formula. */
export type FormulaName = keyof typeof formulas;

/**
 * `run(x, dy, out, table, rows, columns)`: a formula of matrices without gaps. For each vector of
 * columns the table has a vector of each parameter. A row whose length is no multiple of eight reads
 * and writes a few numbers too many, which the next row overwrites, or, behind the last one, nobody
 * reads.
 */
export function mapColumnsKernel(name: FormulaName): WasmFunction {
  const parameters = {
    x: 'i32',
    dy: 'i32',
    out: 'i32',
    table: 'i32',
    rows: 'i32',
    columns: 'i32',
  } as const;
  const formula: Formula = formulas[name];
  return defineFunction('run', parameters, ({ x, dy, out, table, rows, columns }, local) => {
    const [at, left] = [local('i32', 'at'), local('i32', 'left')];
    const walked = formula.usesDy ? [x, dy, out] : [x, out];
    const tableStep = 16 * formula.parameters;
    const vector = (v: number): Body => {
      const own = Array.from({ length: formula.parameters }, (_, i) =>
        v128.load(at, tableStep * v + 16 * i),
      );
      const result = formula.write(v128.load(x, 16 * v), v128.load(dy, 16 * v), own);
      return v128.store(out, result, 16 * v);
    };
    const vectors = columnsAtOnce / 4;
    return repeat(rows, rows, [
      set(at, table),
      set(left, columns),
      loop('vectors', (again) => [
        Array.from({ length: vectors }, (_, v) => vector(v)),
        walked.map((address) => increase(address, 16 * vectors)),
        increase(at, tableStep * vectors),
        increase(left, -columnsAtOnce),
        branchIf(again, i32.gtS(left, 0)),
      ]),
      // Back to where the next row begins: `left` is how many numbers were too many, negative.
      walked.map((address) => increase(address, i32.shl(left, 2))),
    ]);
  });
}
