import {
  branchIf,
  defineFunction,
  increase,
  loop,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';
import { Tile, tileColumns, tileRows } from '../tile';
import { activated, SquareEnding, type Ending, type PixelSums } from '../epilogue/ending';
import type { Windows } from './windows';

/** A direct convolution of one group of channels. */
export interface DirectConvolution {
  readonly windows: Windows;
  /** Output channels of the group. */
  readonly filters: number;
  /** Bytes between neighbouring pixels, rows and images of the result. */
  readonly out: { readonly pixel: number; readonly row: number; readonly image: number };
  readonly ending: Ending;
}

/** Runs up to this length are not looped over. */
const fewSteps = 8;

/**
 * `convolve(x, filter, bias, y, places, run, batch)`: for each output row and panel of eight channels, the
 * sums of four pixels at a time run over their windows, which lie in the padded image as they are:
 * nothing is copied. The four are neighbours in a row or, if they are pooled, a square. The filter
 * comes as panels, [panel, tap, 8], the last one filled up with zeros; numbers behind the bias are
 * read and not used. `run` is the length of a run.
 */
export function directKernel(convolution: DirectConvolution): WasmFunction {
  const { windows, filters, out, ending } = convolution;
  const { runLength, runs, pixelStep, rowStep } = windows;
  const taps = runs.reduce((product, { count }) => product * count, runLength);
  const panelBytes = 4 * tileColumns * taps;
  const parts = ending.maxPool === 'none' ? rowParts(windows) : squareParts(windows);
  const parameters = {
    x: 'i32',
    filter: 'i32',
    bias: 'i32',
    y: 'i32',
    places: 'i32',
    run: 'i32',
    batch: 'i32',
  } as const;
  return defineFunction('convolve', parameters, (p, local) => {
    const { x, filter, bias, y, places, run, batch } = p;
    const names = ['rows', 'panels', 'pixels', 'panel', 'panelBias', 'from', 'to'] as const;
    const [rows, panels, pixels, panel, panelBias, from, to] = names.map((name) =>
      local('i32', name),
    ) as Repeated<Local<'i32'>, 7>;
    const placesTo = local('i32', 'placesTo');
    const window = new WindowWalk(local, windows);
    const square = ending.maxPool === 'none' ? undefined : new SquareEnding(local, ending);
    /** Places are bytes, where numbers of the result take four. */
    const movePlaces = (place: Local<'i32'>, outBytes: number): Body =>
      ending.maxPool === 'numbersAndPlaces' ? increase(place, outBytes / 4) : [];

    const store = (sums: readonly PixelSums[], channels: number): Body => {
      if (square !== undefined) {
        return square.store(sums, { to, places: placesTo, channels });
      }
      return sums.map((pixel, i) =>
        pixel.map((sum, v) =>
          v128.storeLanes(
            to,
            activated(sum, ending),
            Math.min(4, channels - 4 * v),
            i * out.pixel + 16 * v,
          ),
        ),
      );
    };

    const sumPixels = (offsets: readonly number[], channels: number): Body => {
      const vectors = Math.ceil(channels / 4);
      const tile = new Tile(local, offsets, vectors);
      const biases = Array.from({ length: vectors }, (_, v) => v128.load(panelBias, 16 * v));
      return [
        tile.begin(ending.bias ? biases : undefined),
        window.visitRuns(from, panel, (row, column) => {
          const walk = { row, rowStep: 4, column, columnStep: 4 * tileColumns, count: run };
          return runLength <= fewSteps
            ? tile.addFewProducts(runLength, walk)
            : tile.addProducts(walk);
        }),
        store(tile.sums, channels),
      ];
    };

    const sumRow = (channels: number): Body => [
      set(from, x),
      set(to, y),
      set(placesTo, places),
      parts.count > 0
        ? repeat(pixels, parts.count, [
            sumPixels(parts.offsets, channels),
            increase(from, parts.columns * pixelStep),
            increase(to, parts.results * out.pixel),
            movePlaces(placesTo, parts.results * out.pixel),
          ])
        : [],
      parts.rest.length > 0 ? sumPixels(parts.rest, channels) : [],
      increase(panel, panelBytes),
      ending.bias ? increase(panelBias, 4 * tileColumns) : [],
      increase(y, 4 * channels),
      movePlaces(places, 4 * channels),
    ];

    const wholePanels = Math.floor(filters / tileColumns);
    const restChannels = filters % tileColumns;
    const consumed = parts.rowCount * parts.rows * rowStep;
    return repeat(batch, batch, [
      repeat(rows, parts.rowCount, [
        set(panel, filter),
        set(panelBias, bias),
        wholePanels > 0 ? repeat(panels, wholePanels, sumRow(tileColumns)) : [],
        restChannels > 0 ? sumRow(restChannels) : [],
        increase(x, parts.rows * rowStep),
        increase(y, out.row - 4 * filters),
        movePlaces(places, out.row - 4 * filters),
      ]),
      increase(x, windows.imageStep - consumed),
      increase(y, out.image - parts.rowCount * out.row),
      movePlaces(places, out.image - parts.rowCount * out.row),
    ]);
  });
}

/** How a row of results is divided into parts that are computed together. */
interface Parts {
  /** Rows of results, and the output rows that go into each. */
  readonly rowCount: number;
  readonly rows: number;
  /** Parts of a row, the output columns and the results of each. */
  readonly count: number;
  readonly columns: number;
  readonly results: number;
  /** How many bytes the window of each pixel of a part lies behind that of the first. */
  readonly offsets: readonly number[];
  /** The same for a smaller part at the end of the row; none if it is empty. */
  readonly rest: readonly number[];
}

/** Four neighbours at a time. */
function rowParts({ height, width, pixelStep }: Windows): Parts {
  const offsets = Array.from({ length: tileRows }, (_, i) => i * pixelStep);
  return {
    rowCount: height,
    rows: 1,
    count: Math.floor(width / tileRows),
    columns: tileRows,
    results: tileRows,
    offsets,
    rest: offsets.slice(0, width % tileRows),
  };
}

/** Squares of 2x2 pixels, of each of which one result remains. */
function squareParts({ height, width, pixelStep, rowStep }: Windows): Parts {
  return {
    rowCount: height >> 1,
    rows: 2,
    count: width >> 1,
    columns: 2,
    results: 1,
    offsets: [0, pixelStep, rowStep, rowStep + pixelStep],
    rest: [],
  };
}

type Repeated<T, N extends number, R extends T[] = []> = R['length'] extends N
  ? R
  : Repeated<T, N, [...R, T]>;

/** Walks over the runs of a window and the panel of the filter beside it. */
class WindowWalk {
  private readonly row: Local<'i32'>;
  private readonly column: Local<'i32'>;
  private readonly counters: readonly Local<'i32'>[];

  constructor(
    local: MakeLocal,
    private readonly windows: Windows,
  ) {
    this.row = local('i32', 'row');
    this.column = local('i32', 'column');
    this.counters = windows.runs.map((_, i) => local('i32', `run${i}`));
  }

  /** `visit` must move the first pointer to the end of its run, and the second one along. */
  visitRuns(
    from: Local<'i32'>,
    panel: Local<'i32'>,
    visit: (row: Local<'i32'>, column: Local<'i32'>) => Body,
  ): Body {
    const { row, column } = this;
    return [set(row, from), set(column, panel), this.nest(0, visit(row, column))];
  }

  private nest(depth: number, innermost: Body): Body {
    const run = this.windows.runs[depth];
    if (run === undefined) return innermost;
    const counter = this.counters[depth]!;
    return [
      set(counter, run.count),
      loop(`run${depth}`, (again) => [
        this.nest(depth + 1, innermost),
        increase(this.row, run.step - this.lengthBelow(depth)),
        increase(counter, -1),
        branchIf(again, counter),
      ]),
    ];
  }

  /** How far the walk has moved when the loops below a depth have ended. */
  private lengthBelow(depth: number): number {
    const below = this.windows.runs[depth + 1];
    return below === undefined ? 4 * this.windows.runLength : below.count * below.step;
  }
}
