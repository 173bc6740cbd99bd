import {
  defineFunction,
  f32x4,
  i32,
  increase,
  repeat,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { makePlaceTable, placeEntry, slopeOfPlace, windowOfPlace } from './placeTable';
import type { SparseGradient } from './sparseParameterGradientKernel';

/** Vectors of a filter up to which its rows are written out one after the other. */
const mostVectors = 48;

/**
 * `scatter(dx, dy, places, table, filters, batch)`: adds to the padded images dx what each pooled
 * pixel brings: its number of dy times the filter, at the window of the pixel it is chosen from.
 * `table` is room for a table of places. The filters lie as [filter, row, run], runs filled up to whole
 * vectors.
 */
export function sparseInputGradientKernel({ windows, filters }: SparseGradient): WasmFunction {
  const { runLength, runs, width, height, pixelStep, rowStep, imageStep } = windows;
  const { count: kernelRows, step: kernelRowStep } = runs[0]!;
  const vectors = Math.ceil(runLength / 4);
  const [squares, squareRows] = [width >> 1, height >> 1];
  const operands = { dx: 'i32', dy: 'i32', places: 'i32', table: 'i32' } as const;
  const parameters = { ...operands, filter: 'i32', batch: 'i32' } as const;
  return defineFunction('scatter', parameters, (p, local) => {
    const { dx, dy, places, table, filter, batch } = p;
    const [at, tap] = [local('i32', 'at'), local('i32', 'tap')];
    const [left, rows, columns] = [
      local('i32', 'filters'),
      local('i32', 'rows'),
      local('i32', 'columns'),
    ];
    const kernelRow = local('i32', 'kernelRow');
    const slope = local('v128', 'slope');

    const addRow = (row: number): Body =>
      Array.from({ length: vectors }, (_, v) => {
        const to = row * kernelRowStep + 16 * v;
        const product = f32x4.mul(slope, v128.load(tap, 16 * (row * vectors + v)));
        const lanes = Math.min(4, runLength - 4 * v);
        return v128.storeLanes(at, f32x4.add(v128.load(at, to), product), lanes, to);
      });
    const addFilter: Body =
      kernelRows * vectors <= mostVectors
        ? [
            Array.from({ length: kernelRows }, (_, row) => addRow(row)),
            increase(tap, 16 * kernelRows * vectors),
          ]
        : repeat(kernelRow, kernelRows, [
            addRow(0),
            increase(tap, 16 * vectors),
            increase(at, kernelRowStep),
          ]);

    return [
      makePlaceTable(table, windows),
      repeat(batch, batch, [
        repeat(rows, squareRows, [
          repeat(columns, squares, [
            set(tap, filter),
            repeat(left, filters, [
              set(at, placeEntry(table, i32.load8U(places))),
              set(slope, slopeOfPlace(at, dy)),
              set(at, windowOfPlace(at, dx)),
              addFilter,
              increase(dy, 4),
              increase(places, 1),
            ]),
            increase(dx, 2 * pixelStep),
          ]),
          increase(dx, 2 * rowStep - 2 * squares * pixelStep),
        ]),
        increase(dx, imageStep - 2 * squareRows * rowStep),
      ]),
    ];
  });
}
