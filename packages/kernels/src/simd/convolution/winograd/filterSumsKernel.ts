import { defineFunction, increase, repeat, set, type Body, type WasmFunction } from '../../wasm';
import { Tile, tileColumns, tileRows } from '../../tile';
import { tileProducts } from './matrices';
import type { TileLayout } from './transformKernel';

/** The matrix products of transformed tiles of x with those of dy. */
export interface TilesByTiles {
  readonly channels: number;
  readonly filters: number;
  /** [product, tile, channels] */
  readonly pixels: TileLayout;
  /** [product, tile, filters] */
  readonly slopes: TileLayout;
  /** [product, channel, filters] */
  readonly sums: TileLayout;
}

/**
 * `accumulate(pixels, slopes, sums, tiles)`: adds, for each of the 16 products and each channel and
 * filter, what so many tiles bring.
 */
export function filterSumsKernel(definition: TilesByTiles): WasmFunction {
  const { channels, filters, ...layouts } = definition;
  const parameters = { pixels: 'i32', slopes: 'i32', sums: 'i32', tiles: 'i32' } as const;
  return defineFunction('accumulate', parameters, ({ pixels, slopes, sums, tiles }, local) => {
    const [products, panels, left] = [
      local('i32', 'products'),
      local('i32', 'panels'),
      local('i32', 'left'),
    ];
    const [panel, from, at, to] = [
      local('i32', 'panel'),
      local('i32', 'from'),
      local('i32', 'at'),
      local('i32', 'to'),
    ];
    const [row, column] = [local('i32', 'row'), local('i32', 'column')];

    const addTile = (rows: number, columns: number): Body => {
      const offsets = Array.from({ length: rows }, (_, i) => 4 * i);
      const tile = new Tile(local, offsets, Math.ceil(columns / 4));
      return [
        tile.begin(),
        set(row, from),
        set(column, panel),
        tile.addProducts({
          row,
          rowStep: layouts.pixels.tile,
          column,
          columnStep: layouts.slopes.tile,
          count: tiles,
        }),
        tile.addTo(to, layouts.sums.tile),
        increase(from, 4 * rows),
        increase(to, rows * layouts.sums.tile),
      ];
    };

    const addPanel = (columns: number): Body => {
      const whole = Math.floor(channels / tileRows);
      const rest = channels % tileRows;
      return [
        set(from, pixels),
        set(to, at),
        whole > 0 ? repeat(left, whole, addTile(tileRows, columns)) : [],
        rest > 0 ? addTile(rest, columns) : [],
        increase(panel, 4 * tileColumns),
        increase(at, 4 * tileColumns),
      ];
    };

    const whole = Math.floor(filters / tileColumns);
    const rest = filters % tileColumns;
    return repeat(products, tileProducts, [
      set(panel, slopes),
      set(at, sums),
      whole > 0 ? repeat(panels, whole, addPanel(tileColumns)) : [],
      rest > 0 ? addPanel(rest) : [],
      increase(pixels, layouts.pixels.column),
      increase(slopes, layouts.slopes.column),
      increase(sums, layouts.sums.column),
    ]);
  });
}
