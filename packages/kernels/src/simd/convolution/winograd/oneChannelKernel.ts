import {
  defineFunction,
  increase,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type WasmFunction,
} from '../../wasm';
import { tileColumns as panelFilters } from '../../tile';
import { activated, SquareEnding, type Ending, type PixelSums } from '../../epilogue/ending';
import { tileStep } from './matrices';
import { transformToSplats } from './transformToSplats';
import { TileSums } from './tileSums';
import type { TileLayout } from './transformKernel';

/** A convolution of images of one channel, of which nothing but the result is written. */
export interface OneChannelConvolution {
  readonly filters: number;
  /** Rows of tiles that compute 2x2 pixels, and such tiles in each. */
  readonly rows: number;
  readonly columns: number;
  /** Whether a row of tiles follows that compute only their upper pixels, and a tile on the right. */
  readonly lastRow: boolean;
  readonly lastColumn: boolean;
  /** Bytes from a row of the padded images, and from an image, to the next. */
  readonly images: { readonly row: number; readonly image: number };
  /** The transformed filter, [product, panel, 8]. */
  readonly filter: TileLayout;
  /** Bytes between neighbouring pixels, rows and images of the result. */
  readonly out: { readonly pixel: number; readonly row: number; readonly image: number };
  readonly ending: Ending;
}

/**
 * `convolve(images, filter, bias, y, places, tile, batch)`: transforms a tile at a time, to `tile`, where
 * there is room for its splats; multiplies it with eight filters at a time, and finishes their sums in
 * registers. Numbers behind the bias are read and not used.
 */
export function oneChannelKernel(convolution: OneChannelConvolution): WasmFunction {
  const { filters, rows, columns, images, filter, out, ending } = convolution;
  const parameters = {
    images: 'i32',
    filter: 'i32',
    bias: 'i32',
    y: 'i32',
    places: 'i32',
    tile: 'i32',
    batch: 'i32',
  } as const;
  const pooled = ending.maxPool !== 'none';
  const withPlaces = ending.maxPool === 'numbersAndPlaces';
  /** From the result of a tile to that of the next one on the right, and below. */
  const [right, below] = pooled ? [out.pixel, out.row] : [tileStep * out.pixel, tileStep * out.row];
  return defineFunction('convolve', parameters, (p, local) => {
    const names = [
      'rows',
      'columns',
      'panels',
      'from',
      'to',
      'placesTo',
      'panel',
      'addends',
    ] as const;
    const [rowsLeft, columnsLeft, panelsLeft, from, to, placesTo, panel, addends] = names.map(
      (name) => local('i32', name),
    ) as Repeated<Local<'i32'>>;
    const transform = transformToSplats(local, { from, row: images.row, to: p.tile });
    const tileSums = new TileSums(local, filter, {
      tile: p.tile,
      panel,
      bias: ending.bias ? addends : undefined,
      count: p.batch,
    });
    const square = pooled ? new SquareEnding(local, ending) : undefined;
    const movePlaces = (place: Local<'i32'>, bytes: number): Body =>
      withPlaces ? increase(place, bytes / 4) : [];

    const store = (pixels: readonly (readonly PixelSums[])[], channels: number): Body => {
      if (square !== undefined) {
        return square.store(pixels.flat(), { to, places: placesTo, channels });
      }
      return pixels.map((row, i) =>
        row.map((pixel, j) =>
          pixel.map((sum, v) => {
            const at = i * out.row + j * out.pixel + 16 * v;
            return v128.storeLanes(to, activated(sum, ending), Math.min(4, channels - 4 * v), at);
          }),
        ),
      );
    };

    const panelOfTile = (width: number, height: number, channels: number): Body => {
      const pixels = tileSums.pixels({ width, height, vectors: Math.ceil(channels / 4) });
      return [
        tileSums.compute(pixels),
        store(pixels, channels),
        increase(panel, filter.tile),
        ending.bias ? increase(addends, 4 * channels) : [],
        increase(to, 4 * channels),
        movePlaces(placesTo, 4 * channels),
      ];
    };

    const [whole, rest] = [Math.floor(filters / panelFilters), filters % panelFilters];
    const oneTile = (width: number, height: number): Body => [
      transform,
      set(panel, p.filter),
      set(addends, p.bias),
      whole > 0 ? repeat(panelsLeft, whole, panelOfTile(width, height, panelFilters)) : [],
      rest > 0 ? panelOfTile(width, height, rest) : [],
      increase(from, 4 * tileStep),
      increase(to, right - 4 * filters),
      movePlaces(placesTo, right - 4 * filters),
    ];

    const rowOfTiles = (height: number): Body => [
      set(from, p.images),
      set(to, p.y),
      set(placesTo, p.places),
      columns > 0 ? repeat(columnsLeft, columns, oneTile(tileStep, height)) : [],
      convolution.lastColumn ? oneTile(1, height) : [],
      increase(p.images, tileStep * images.row),
      increase(p.y, below),
      movePlaces(p.places, below),
    ];

    const passed = rows + (convolution.lastRow ? 1 : 0);
    return repeat(p.batch, p.batch, [
      rows > 0 ? repeat(rowsLeft, rows, rowOfTiles(tileStep)) : [],
      convolution.lastRow ? rowOfTiles(1) : [],
      increase(p.images, images.image - passed * tileStep * images.row),
      increase(p.y, out.image - passed * below),
      movePlaces(p.places, out.image - passed * below),
    ]);
  });
}

type Repeated<T> = [T, T, T, T, T, T, T, T];
