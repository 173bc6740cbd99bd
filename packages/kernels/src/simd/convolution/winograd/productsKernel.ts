import { defineFunction, increase, repeat, set, type Body, type WasmFunction } from '../../wasm';
import { Tile, tileColumns, tileRows } from '../../tile';
import { tileProducts } from './matrices';
import type { TileLayout } from './transformKernel';

/** The matrix products of transformed tiles with a transformed filter. */
export interface TilesByFilter {
  readonly channels: number;
  readonly filters: number;
  /** [product, tile, channels] */
  readonly tiles: TileLayout;
  /** [product, panel and channel, 8] */
  readonly filter: TileLayout;
  /** [product, tile, filters] */
  readonly sums: TileLayout;
}

/**
 * `multiply(tiles, filter, sums, fours)`: for each of the 16 products, the matrix product of so many
 * times four tiles with the filter, which comes as panels [product, panel, channels, 8].
 */
export function productsKernel(definition: TilesByFilter): WasmFunction {
  const { channels, filters, ...layouts } = definition;
  const parameters = { tiles: 'i32', filter: 'i32', sums: 'i32', fours: 'i32' } as const;
  return defineFunction('multiply', parameters, ({ tiles, filter, sums, fours }, local) => {
    const [products, panels, left] = [
      local('i32', 'products'),
      local('i32', 'panels'),
      local('i32', 'left'),
    ];
    const [panel, from] = [local('i32', 'panel'), local('i32', 'from')];
    const [at, to] = [local('i32', 'at'), local('i32', 'to')];
    const [row, column] = [local('i32', 'row'), local('i32', 'column')];
    const offsets = Array.from({ length: tileRows }, (_, i) => i * layouts.tiles.tile);

    const multiplyPanel = (columns: number): Body => {
      const tile = new Tile(local, offsets, Math.ceil(columns / 4));
      return [
        set(from, tiles),
        set(to, at),
        repeat(left, fours, [
          tile.begin(),
          set(row, from),
          set(column, panel),
          tile.addProducts({
            row,
            rowStep: 4,
            column,
            columnStep: layouts.filter.tile,
            count: channels,
          }),
          tile.store(to, layouts.sums.tile),
          increase(from, tileRows * layouts.tiles.tile),
          increase(to, tileRows * layouts.sums.tile),
        ]),
        increase(panel, channels * layouts.filter.tile),
        increase(at, 4 * tileColumns),
      ];
    };

    const whole = Math.floor(filters / tileColumns);
    const rest = filters % tileColumns;
    return repeat(products, tileProducts, [
      set(panel, filter),
      set(at, sums),
      whole > 0 ? repeat(panels, whole, multiplyPanel(tileColumns)) : [],
      rest > 0 ? multiplyPanel(rest) : [],
      increase(tiles, layouts.tiles.column),
      increase(filter, layouts.filter.column),
      increase(sums, layouts.sums.column),
    ]);
  });
}
