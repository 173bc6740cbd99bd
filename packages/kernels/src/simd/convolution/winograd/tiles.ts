import type { ConvGeometry } from '../../../convGeometry';
import { tileStep } from './matrices';

/** The tiles of all images of a batch: each computes 2x2 pixels of the result, or what there is of them. */
export interface TileGrid {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** Rows and columns that the last tiles compute. */
  readonly lastHeight: number;
  readonly lastWidth: number;
}

/** Neighbouring tiles of one row of tiles that compute equally many pixels. */
export interface Run {
  readonly image: number;
  /** The first tile. */
  readonly row: number;
  readonly column: number;
  readonly tiles: number;
  /** How many tiles of the block come before. */
  readonly before: number;
  /** Rows and columns of pixels that each computes. */
  readonly pixelRows: number;
  readonly pixelColumns: number;
}

/** The tiles that cover the result of a convolution. */
export function tileGrid({ batch, output }: ConvGeometry): TileGrid {
  const [height, width] = [Math.ceil(output.height / tileStep), Math.ceil(output.width / tileStep)];
  return {
    batch,
    height,
    width,
    lastHeight: output.height - (height - 1) * tileStep,
    lastWidth: output.width - (width - 1) * tileStep,
  };
}

/** Tiles `first` to `first + count - 1` of a batch, counted row by row, as runs. */
export function runsOf(grid: TileGrid, first: number, count: number): Run[] {
  const { height, width, lastHeight, lastWidth } = grid;
  const runs: Run[] = [];
  const whole = lastWidth === tileStep ? width : width - 1;
  for (let tile = first; tile < first + count; tile += runs.at(-1)!.tiles) {
    const column = tile % width;
    const row = Math.floor(tile / width) % height;
    const end = column < whole ? whole : width;
    runs.push({
      image: Math.floor(tile / (width * height)),
      row,
      column,
      tiles: Math.min(end - column, first + count - tile),
      before: tile - first,
      pixelRows: row === height - 1 ? lastHeight : tileStep,
      pixelColumns: column < whole ? tileStep : lastWidth,
    });
  }
  return runs;
}
