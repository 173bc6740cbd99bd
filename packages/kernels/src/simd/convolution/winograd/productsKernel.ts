import { defineFunction, increase, repeat, set, type Body, type WasmFunction } from '../../wasm';
import { Tile, tileColumns, tileRows } from '../../tile';
import { tileProducts } from './matrices';

/** The matrix products of transformed tiles with transformed filters; steps are in bytes. */
export interface TileByFilter {
  readonly channels: number;
  readonly filters: number;
  /** From a tile to the next one, and from a product to the next one. */
  readonly tiles: { readonly tile: number; readonly product: number };
  readonly filter: { readonly product: number };
  readonly sums: { readonly tile: number; readonly product: number };
}

/**
 * `multiply(tiles, filter, sums, fours)`: for each of the 16 products of a tile the matrix product of
 * so many times four tiles [tile, channels] with the filter, which comes as panels [panel, channels, 8].
 * The sums are [tile, filters], filled up to whole vectors.
 */
export function productsKernel(definition: TileByFilter): WasmFunction {
  const { channels, filters, ...steps } = definition;
  const parameters = { tiles: 'i32', filter: 'i32', sums: 'i32', fours: 'i32' } as const;
  return defineFunction('multiply', parameters, ({ tiles, filter, sums, fours }, local) => {
    const [products, panels, left] = [
      local('i32', 'products'),
      local('i32', 'panels'),
      local('i32', 'left'),
    ];
    const [panel, from, to] = [local('i32', 'panel'), local('i32', 'from'), local('i32', 'to')];
    const [row, column, at] = [local('i32', 'row'), local('i32', 'column'), local('i32', 'at')];
    const offsets = Array.from({ length: tileRows }, (_, i) => i * steps.tiles.tile);
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
            columnStep: 4 * tileColumns,
            count: channels,
          }),
          tile.store(to, steps.sums.tile),
          increase(from, tileRows * steps.tiles.tile),
          increase(to, tileRows * steps.sums.tile),
        ]),
        increase(panel, 4 * tileColumns * channels),
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
      increase(tiles, steps.tiles.product),
      increase(filter, steps.filter.product),
      increase(sums, steps.sums.product),
    ]);
  });
}
