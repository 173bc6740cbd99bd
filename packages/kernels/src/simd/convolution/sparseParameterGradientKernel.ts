import {
  defineFunction,
  f32x4,
  i32,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type WasmFunction,
} from '../wasm';
import { makePlaceTable, placeEntry, slopesOfPlaces, windowOfPlace } from './placeTable';
import type { Windows } from './windows';

/** A gradient of a convolution, in one group, that 2x2 max pooling follows. */
export interface SparseGradient {
  /** Of the convolution, not pooled. */
  readonly windows: Windows;
  readonly filters: number;
}

/** Vectors of sums that stay in registers. */
const mostSums = 8;
/** A row of the kernel of more vectors is not worth it: all four pixels in tiles are quicker then. */
const mostVectors = 8;

/** Whether kernels can be made, and are quicker than those for all pixels (measured). */
export function isSuitable({ runs, runLength }: Windows): boolean {
  return runs.length === 1 && runLength <= 4 * mostVectors;
}

/**
 * `accumulate(x, dy, places, table, masked, sums, batch)`: adds to the gradients of filters and biases
 * what each pooled pixel brings: its number of dy times the window of the pixel it is chosen from, row
 * by row of the kernel, and that number. `table` is room for a table of places, and `masked` for a
 * pooled image: the slopes that count, found once for all filters in a pass that also sums them for the
 * biases (measured: in the loop over windows the same takes twice as long again). The sums lie as
 * [filter, row, run], runs filled up to whole vectors, and behind them those of biases, up to three
 * numbers more; up to three numbers behind a run of x are read.
 */
export function sparseParameterGradientKernel({ windows, filters }: SparseGradient): WasmFunction {
  const { runLength, runs, width, height, pixelStep, rowStep, imageStep } = windows;
  const [{ count: kernelRows, step: kernelRowStep }] = runs as [(typeof runs)[number]];
  const vectors = Math.ceil(runLength / 4);
  const rowsAtOnce = Math.max(1, Math.min(kernelRows, Math.floor(mostSums / vectors)));
  const filtersAtOnce = Math.max(1, Math.min(2, Math.floor(mostSums / (vectors * rowsAtOnce))));
  const [squares, squareRows] = [width >> 1, height >> 1];
  const parameters = {
    x: 'i32',
    dy: 'i32',
    places: 'i32',
    table: 'i32',
    masked: 'i32',
    sums: 'i32',
    batch: 'i32',
  } as const;
  return defineFunction('accumulate', parameters, (p, local) => {
    const { x, dy, places, table, masked, sums, batch } = p;
    const [slopes, place, pixel, at, to] = ['slopes', 'place', 'pixel', 'at', 'to'].map((name) =>
      local('i32', name),
    ) as [typeof x, typeof x, typeof x, typeof x, typeof x];
    const [left, rows, columns] = [
      local('i32', 'filters'),
      local('i32', 'rows'),
      local('i32', 'columns'),
    ];
    const slope = local('v128', 'slope');
    const runBytes = 16 * vectors;
    const filterBytes = kernelRows * runBytes;
    const perImage = squareRows * squares * filters;

    /** Adds the slopes of an image to the sums of biases, and keeps those that count. */
    const maskSlopes = (first: number): Body => {
      const count = Math.min(filters - first, 4 * mostSums);
      const totals = makeLocals(local, 'v128', 'bias', Math.ceil(count / 4));
      const biasesAt = filters * filterBytes + 4 * first;
      return [
        set(slopes, i32.add(dy, 4 * first)),
        set(place, i32.add(places, first)),
        set(at, i32.add(masked, 4 * first)),
        totals.map((total, v) => set(total, v128.load(sums, biasesAt + 16 * v))),
        repeat(columns, squareRows * squares, [
          totals.map((total, v) => [
            set(slope, slopesOfPlaces(v128.load(slopes, 16 * v), v128.load32Zero(place, 4 * v))),
            v128.storeLanes(at, slope, Math.min(4, count - 4 * v), 16 * v),
            set(total, f32x4.add(total, slope)),
          ]),
          increase(slopes, 4 * filters),
          increase(place, filters),
          increase(at, 4 * filters),
        ]),
        totals.map((total, v) => v128.store(sums, total, biasesAt + 16 * v)),
      ];
    };

    /** Adds to the sums of some filters and some rows of the kernel what an image brings. */
    const addImage = (count: number, firstRow: number, rowCount: number): Body => {
      const totals = Array.from({ length: count }, (_, f) =>
        makeLocals(local, 'v128', `sum${f}_`, rowCount * vectors),
      );
      const each = (visit: (total: Local<'v128'>, offset: number) => Body): Body =>
        totals.map((ofFilter, f) =>
          ofFilter.map((total, i) => visit(total, f * filterBytes + firstRow * runBytes + 16 * i)),
        );
      return [
        each((total) => set(total, f32x4.const(0))),
        set(pixel, i32.add(x, firstRow * kernelRowStep)),
        set(slopes, masked),
        set(place, places),
        repeat(rows, squareRows, [
          repeat(columns, squares, [
            totals.map((ofFilter, f) => [
              set(at, placeEntry(table, i32.load8U(place, f))),
              set(at, windowOfPlace(at, pixel)),
              set(slope, v128.load32Splat(slopes, 4 * f)),
              ofFilter.map((total, i) => {
                const offset = Math.floor(i / vectors) * kernelRowStep + 16 * (i % vectors);
                return set(total, f32x4.add(total, f32x4.mul(slope, v128.load(at, offset))));
              }),
            ]),
            increase(pixel, 2 * pixelStep),
            increase(slopes, 4 * filters),
            increase(place, filters),
          ]),
          increase(pixel, 2 * rowStep - 2 * squares * pixelStep),
        ]),
        each((total, offset) => v128.store(to, f32x4.add(v128.load(to, offset), total), offset)),
      ];
    };

    const addFilters = (count: number): Body => [
      Array.from({ length: Math.ceil(kernelRows / rowsAtOnce) }, (_, part) => {
        const firstRow = part * rowsAtOnce;
        return addImage(count, firstRow, Math.min(rowsAtOnce, kernelRows - firstRow));
      }),
      increase(to, count * filterBytes),
      increase(masked, 4 * count),
      increase(places, count),
    ];

    const [whole, rest] = [Math.floor(filters / filtersAtOnce), filters % filtersAtOnce];
    const panels = Math.ceil(filters / (4 * mostSums));
    return [
      makePlaceTable(table, windows),
      repeat(batch, batch, [
        Array.from({ length: panels }, (_, panel) => maskSlopes(4 * mostSums * panel)),
        set(to, sums),
        whole > 0 ? repeat(left, whole, addFilters(filtersAtOnce)) : [],
        rest > 0 ? addFilters(rest) : [],
        increase(x, imageStep),
        increase(masked, -4 * filters),
        increase(dy, 4 * perImage),
        increase(places, perImage - filters),
      ]),
    ];
  });
}
