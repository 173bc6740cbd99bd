import type { ConvGeometry } from '../../../convGeometry';
import { tileStep } from './matrices';

/** The tiles that cover the results of a batch: each computes 2x2 pixels, or what there is of them. */
export interface TileGrid {
  /** In an image. */
  readonly rows: number;
  readonly columns: number;
  /** In the whole batch. */
  readonly tiles: number;
  /** Rows and columns of pixels that the last tiles of an image compute. */
  readonly lastRows: number;
  readonly lastColumns: number;
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
  const [rows, columns] = [Math.ceil(output.height / tileStep), Math.ceil(output.width / tileStep)];
  return {
    rows,
    columns,
    tiles: batch * rows * columns,
    lastRows: output.height - (rows - 1) * tileStep,
    lastColumns: output.width - (columns - 1) * tileStep,
  };
}

/** Some tiles of a batch, counted row by row, as runs. */
export function runsOf(grid: TileGrid, first: number, count: number): Run[] {
  const { rows, columns, lastRows, lastColumns } = grid;
  const whole = lastColumns === tileStep ? columns : columns - 1;
  const runs: Run[] = [];
  let before = 0;
  while (before < count) {
    const column = (first + before) % columns;
    const rowOfBatch = (first + before - column) / columns;
    const row = rowOfBatch % rows;
    const end = column < whole ? whole : columns;
    const tiles = Math.min(end - column, count - before);
    runs.push({
      image: (rowOfBatch - row) / rows,
      row,
      column,
      tiles,
      before,
      pixelRows: row === rows - 1 ? lastRows : tileStep,
      pixelColumns: column < whole ? tileStep : lastColumns,
    });
    before += tiles;
  }
  return runs;
}
