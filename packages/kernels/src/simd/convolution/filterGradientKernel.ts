import { defineFunction, increase, repeat, set, v128, type Body, type WasmFunction } from '../wasm';
import { Tile, tileColumns, tileRows } from '../tile';
import type { Windows } from './windows';

/** A filter gradient of one group of channels. */
export interface FilterGradient {
  readonly windows: Windows;
  /** Output channels of the group. */
  readonly filters: number;
  /** Bytes between neighbouring pixels and rows of dy. */
  readonly dy: { readonly pixel: number; readonly row: number };
}

/**
 * `accumulate(x, dy, sums, rows)`: adds to the gradient of the filter what some rows of output pixels
 * bring: for four taps and eight filters at a time, the products of what the taps see with dy, pixel
 * by pixel. The sums lie as panels [panel, tap, 8].
 */
export function filterGradientKernel({
  windows,
  filters,
  dy: steps,
}: FilterGradient): WasmFunction {
  const { width, runLength, runs, pixelStep, rowStep } = windows;
  const parameters = { x: 'i32', dy: 'i32', sums: 'i32', rows: 'i32' } as const;
  return defineFunction('accumulate', parameters, ({ x, dy, sums, rows }, local) => {
    const [panels, tiles, left] = [
      local('i32', 'panels'),
      local('i32', 'tiles'),
      local('i32', 'rowsLeft'),
    ];
    const [tap, row, column] = [local('i32', 'tap'), local('i32', 'row'), local('i32', 'column')];
    const counters = runs.map((_, i) => local('i32', `run${i}`));

    const addTile = (taps: number, channels: number): Body => {
      const offsets = Array.from({ length: taps }, (_, i) => 4 * i);
      const tile = new Tile(local, offsets, Math.ceil(channels / 4));
      return [
        tile.begin(),
        set(row, tap),
        set(column, dy),
        repeat(left, rows, [
          tile.addProducts({
            row,
            rowStep: pixelStep,
            column,
            columnStep: steps.pixel,
            count: width,
          }),
          increase(row, rowStep - width * pixelStep),
          increase(column, steps.row - width * steps.pixel),
        ]),
        tile.addTo(sums, 4 * tileColumns),
        increase(tap, 4 * taps),
        increase(sums, 4 * tileColumns * taps),
      ];
    };

    const addRun = (channels: number): Body => {
      const whole = Math.floor(runLength / tileRows);
      const rest = runLength % tileRows;
      return [
        whole > 0 ? repeat(tiles, whole, addTile(tileRows, channels)) : [],
        rest > 0 ? addTile(rest, channels) : [],
      ];
    };

    const nest = (depth: number, channels: number): Body => {
      const run = runs[depth];
      if (run === undefined) return addRun(channels);
      const below = runs[depth + 1];
      const moved = below === undefined ? 4 * runLength : below.count * below.step;
      return repeat(counters[depth]!, run.count, [
        nest(depth + 1, channels),
        increase(tap, run.step - moved),
      ]);
    };

    const addPanel = (channels: number): Body => [
      set(tap, x),
      nest(0, channels),
      increase(dy, 4 * channels),
    ];

    const wholePanels = Math.floor(filters / tileColumns);
    const restChannels = filters % tileColumns;
    return [
      wholePanels > 0 ? repeat(panels, wholePanels, addPanel(tileColumns)) : [],
      restChannels > 0 ? addPanel(restChannels) : [],
    ];
  });
}

/**
 * `unpack(panels, to, taps)`: the panels [panel, tap, 8] as rows [tap, filters], which are `rowStep`
 * bytes apart.
 */
export function unpackKernel(filters: number, rowStep: number): WasmFunction {
  const parameters = { panels: 'i32', to: 'i32', taps: 'i32' } as const;
  return defineFunction('unpack', parameters, ({ panels, to, taps }, local) => {
    const [count, left, at] = [local('i32', 'count'), local('i32', 'left'), local('i32', 'at')];
    const unpackPanel = (channels: number): Body => [
      set(at, to),
      repeat(left, taps, [
        Array.from({ length: Math.ceil(channels / 4) }, (_, v) =>
          v128.storeLanes(at, v128.load(panels, 16 * v), Math.min(4, channels - 4 * v), 16 * v),
        ),
        increase(panels, 4 * tileColumns),
        increase(at, rowStep),
      ]),
      increase(to, 4 * channels),
    ];
    const whole = Math.floor(filters / tileColumns);
    const rest = filters % tileColumns;
    return [
      whole > 0 ? repeat(count, whole, unpackPanel(tileColumns)) : [],
      rest > 0 ? unpackPanel(rest) : [],
    ];
  });
}
