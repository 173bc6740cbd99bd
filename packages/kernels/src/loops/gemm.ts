import { Scratch } from './scratch';
import { addTile, tileSize } from './tile';

/**
 * Writes panels: `lines` rows of a, or columns of b, from line `first` on, three to a panel. A panel
 * holds the three lines interleaved, element by element, so that the innermost loop reads it from
 * one end to the other whatever the layout was. Lines beyond the last are zeros.
 */
export type PackLines = (panels: Float64Array, first: number, lines: number) => void;

/** A matrix product [m, depth] x [depth, n] whose factors come as panels. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly depth: number;
  readonly packRows: PackLines;
  readonly packColumns: PackLines;
}

/** Rows packed together: with their panels they fill a part of the second-level cache. */
const rowsElements = 32 * 1024;
/** Columns packed together: as many as are worth keeping in the third-level cache. */
const columnsElements = 512 * 1024;

const leftPanels = new Scratch();
const rightPanels = new Scratch();

/** `size` rounded up to whole panels. */
export function paddedSize(size: number): number {
  return Math.ceil(size / tileSize) * tileSize;
}

/**
 * Adds the product to `out`, row-major, whose rows are `paddedSize(n)` long and `paddedSize(m)` in
 * number, so that no tile needs a special case at the edge. Blocks as in K. Goto, R. van de Geijn,
 * "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008, section 4.
 */
export function addProduct(
  { m, n, depth, packRows, packColumns }: Product,
  out: Float64Array,
): void {
  const rowBlock = linesPerBlock(rowsElements, depth, m);
  const columnBlock = linesPerBlock(columnsElements, depth, n);
  const left = leftPanels.atLeast(rowBlock * depth);
  const right = rightPanels.atLeast(columnBlock * depth);
  const operands = { left, right, out, rowStep: paddedSize(n), depth };
  for (let column = 0; column < n; column += columnBlock) {
    const columns = Math.min(columnBlock, paddedSize(n - column));
    packColumns(right, column, columns);
    for (let row = 0; row < m; row += rowBlock) {
      const rows = Math.min(rowBlock, paddedSize(m - row));
      packRows(left, row, rows);
      for (let j = 0; j < columns; j += tileSize) {
        for (let i = 0; i < rows; i += tileSize) {
          addTile(operands, i * depth, j * depth, (row + i) * operands.rowStep + column + j);
        }
      }
    }
  }
}

function linesPerBlock(elements: number, depth: number, lines: number): number {
  const fitting = Math.floor(elements / Math.max(depth, 1) / tileSize) * tileSize;
  return Math.min(Math.max(fitting, tileSize), paddedSize(lines));
}
