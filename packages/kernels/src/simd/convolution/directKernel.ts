import {
  branchIf,
  defineFunction,
  f32x4,
  increase,
  loop,
  repeat,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';
import { Tile, tileColumns, tileRows } from '../tile';
import type { Windows } from './windows';

/** What becomes of each sum before it is written. */
export interface Epilogue {
  /** Whether a number is added to each output channel. */
  readonly bias: boolean;
  readonly activation: 'linear' | 'relu';
}

/** A direct convolution of one group of channels. */
export interface DirectConvolution {
  readonly windows: Windows;
  /** Output channels of the group. */
  readonly filters: number;
  /** Bytes between neighbouring pixels, rows and images of the result. */
  readonly out: { readonly pixel: number; readonly row: number; readonly image: number };
  readonly epilogue: Epilogue;
}

/**
 * `convolve(x, filter, bias, y, batch)`: for each output row and panel of eight channels, the sums of
 * four neighbouring pixels at a time run over their windows, which lie in the padded image as they
 * are: nothing is copied. The filter comes as panels, [panel, tap, 8], the last one filled up with
 * zeros, the bias filled up likewise.
 */
export function directKernel(convolution: DirectConvolution): WasmFunction {
  const { windows, filters, out, epilogue } = convolution;
  const { height, width, runLength, runs } = windows;
  const taps = runs.reduce((product, { count }) => product * count, runLength);
  const panelBytes = 4 * tileColumns * taps;
  const parameters = { x: 'i32', filter: 'i32', bias: 'i32', y: 'i32', batch: 'i32' } as const;
  return defineFunction('convolve', parameters, ({ x, filter, bias, y, batch }, local) => {
    const names = ['rows', 'panels', 'pixels', 'panel', 'panelBias', 'from', 'to'] as const;
    const [rows, panels, pixels, panel, panelBias, from, to] = names.map((name) =>
      local('i32', name),
    ) as Repeated<Local<'i32'>, 7>;
    const window = new WindowWalk(local, windows);

    const sumPixels = (count: number, channels: number): Body => {
      const vectors = Math.ceil(channels / 4);
      const offsets = Array.from({ length: count }, (_, i) => i * windows.pixelStep);
      const tile = new Tile(local, offsets, vectors);
      const biases = Array.from({ length: vectors }, (_, v) => v128.load(panelBias, 16 * v));
      return [
        tile.begin(epilogue.bias ? biases : undefined),
        window.visitRuns(from, panel, (row, column) =>
          tile.addProducts({
            row,
            rowStep: 4,
            column,
            columnStep: 4 * tileColumns,
            count: runLength,
          }),
        ),
        tile.sums.map((sums, i) =>
          sums.map((sum, v) =>
            v128.storeLanes(
              to,
              activated(sum, epilogue),
              Math.min(4, channels - 4 * v),
              i * out.pixel + 16 * v,
            ),
          ),
        ),
      ];
    };

    const sumRow = (channels: number): Body => {
      const whole = Math.floor(width / tileRows);
      const rest = width % tileRows;
      return [
        set(from, x),
        set(to, y),
        whole > 0
          ? repeat(pixels, whole, [
              sumPixels(tileRows, channels),
              increase(from, tileRows * windows.pixelStep),
              increase(to, tileRows * out.pixel),
            ])
          : [],
        rest > 0 ? sumPixels(rest, channels) : [],
        increase(panel, panelBytes),
        epilogue.bias ? increase(panelBias, 4 * tileColumns) : [],
        increase(y, 4 * channels),
      ];
    };

    const wholePanels = Math.floor(filters / tileColumns);
    const restChannels = filters % tileColumns;
    return repeat(batch, batch, [
      repeat(rows, height, [
        set(panel, filter),
        set(panelBias, bias),
        wholePanels > 0 ? repeat(panels, wholePanels, sumRow(tileColumns)) : [],
        restChannels > 0 ? sumRow(restChannels) : [],
        increase(x, windows.rowStep),
        increase(y, out.row - 4 * filters),
      ]),
      increase(x, windows.imageStep - height * windows.rowStep),
      increase(y, out.image - height * out.row),
    ]);
  });
}

function activated(sum: Expression<'v128'>, { activation }: Epilogue): Expression<'v128'> {
  return activation === 'relu' ? f32x4.pmax(sum, f32x4.const(0)) : sum;
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
