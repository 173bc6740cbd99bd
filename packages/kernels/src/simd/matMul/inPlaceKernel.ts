import { Tile } from '../tile';
import {
  defineFunction,
  i32,
  increase,
  repeatWhile,
  set,
  v128,
  when,
  type Body,
  type WasmFunction,
} from '../wasm';

/** A product with a few columns, whose operands are read where they lie; steps in elements. */
export interface InPlaceProduct {
  /** Columns of b and of the result, at most 32; those of b lie next to each other. */
  readonly columns: number;
  /** Not negative. */
  readonly aRowStep: number;
  readonly aColumnStep: number;
  readonly bRowStep: number;
  readonly outRowStep: number;
}

/** Vectors of sums that stay in registers. */
const mostSums = 8;
/** More rows would make the code longer, and share the columns no better. */
const mostRows = 8;

/**
 * `inPlace(a, b, out, m, depth, accumulate)`: m rows of the product, written or, if `accumulate` is
 * not 0, added to `out`. Numbers behind a row of b are read and not used.
 */
export function inPlaceKernel(product: InPlaceProduct): WasmFunction {
  const { columns, aRowStep, aColumnStep, bRowStep, outRowStep } = product;
  const vectors = Math.ceil(columns / 4);
  const rowsAtOnce = Math.min(mostRows, Math.max(1, Math.floor(mostSums / vectors)));
  const parameters = {
    a: 'i32',
    b: 'i32',
    out: 'i32',
    m: 'i32',
    depth: 'i32',
    accumulate: 'i32',
  } as const;
  return defineFunction('inPlace', parameters, (p, local) => {
    const [row, column] = [local('i32', 'row'), local('i32', 'column')];
    const someRows = (rows: number): Body => {
      const offsets = Array.from({ length: rows }, (_, i) => 4 * i * aRowStep);
      const tile = new Tile(local, offsets, vectors);
      return repeatWhile(i32.geS(p.m, rows), [
        when(p.accumulate, tile.load(p.out, 4 * outRowStep), tile.begin()),
        set(row, p.a),
        set(column, p.b),
        tile.addProducts({
          row,
          rowStep: 4 * aColumnStep,
          column,
          columnStep: 4 * bRowStep,
          count: p.depth,
        }),
        tile.sums.map((sums, i) =>
          sums.map((sum, v) =>
            v128.storeLanes(p.out, sum, Math.min(4, columns - 4 * v), 4 * i * outRowStep + 16 * v),
          ),
        ),
        increase(p.a, 4 * rows * aRowStep),
        increase(p.out, 4 * rows * outRowStep),
        increase(p.m, -rows),
      ]);
    };
    return [someRows(rowsAtOnce), rowsAtOnce > 1 ? someRows(1) : []];
  });
}
