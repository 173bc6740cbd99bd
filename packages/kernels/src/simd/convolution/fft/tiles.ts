import { effectiveKernelSize, type ConvGeometry } from '../../../convGeometry';
import type { Patch, Span } from './planePair';
import type { Grid } from './rectangle';
import type { AxisTiling, Tiling } from './tiling';

/** A part of the result for one image. */
export interface Tile {
  readonly image: number;
  /** The first position of the result, and how many there are. */
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

/** All tiles of a batch, two by two, images beside each other; the last one may be alone. */
export function pairsOf(geometry: ConvGeometry, { vertical, horizontal }: Tiling): Tile[][] {
  const { batch, output } = geometry;
  const tiles = partsOf(output.height, vertical).flatMap(([row, rows]) =>
    partsOf(output.width, horizontal).flatMap(([column, columns]) =>
      Array.from({ length: batch }, (_, image) => ({ image, row, rows, column, columns })),
    ),
  );
  return Array.from({ length: Math.ceil(tiles.length / 2) }, (_, i) =>
    tiles.slice(2 * i, 2 * i + 2),
  );
}

function partsOf(size: number, { tiles, step }: AxisTiling): (readonly [number, number])[] {
  return Array.from({ length: tiles }, (_, i) => [i * step, Math.min(step, size - i * step)]);
}

/** One channel of images [batch, height, width, channels] in memory. */
export interface Channel {
  readonly address: number;
  readonly channel: number;
  readonly size: { readonly height: number; readonly width: number; readonly channels: number };
}

/** What a tile of the result sees of a channel of the input. */
export function seenBy(tile: Tile, input: Channel, geometry: ConvGeometry): Patch {
  const { filter, dilations, padding } = geometry;
  const height = tile.rows + effectiveKernelSize(filter.height, dilations.vertical) - 1;
  const width = tile.columns + effectiveKernelSize(filter.width, dilations.horizontal) - 1;
  return {
    grid: gridOf(tile.image, input),
    rows: spanOf(tile.row - padding.top, height, input.size.height),
    columns: spanOf(tile.column - padding.left, width, input.size.width),
  };
}

/** The tile itself, in a channel of the result. */
export function placeOf(tile: Tile, output: Channel): Patch {
  return {
    grid: gridOf(tile.image, output),
    rows: { from: tile.row, at: 0, count: tile.rows },
    columns: { from: tile.column, at: 0, count: tile.columns },
  };
}

function gridOf(image: number, { address, channel, size }: Channel): Grid {
  const columnStep = 4 * size.channels;
  const rowStep = size.width * columnStep;
  return { address: address + image * size.height * rowStep + 4 * channel, rowStep, columnStep };
}

/** The part of a plane of `size` positions from `first` on, which may lie outside. */
function spanOf(first: number, count: number, size: number): Span {
  const from = Math.min(Math.max(first, 0), size);
  const to = Math.max(Math.min(first + count, size), from);
  return { from, at: from - first, count: to - from };
}
