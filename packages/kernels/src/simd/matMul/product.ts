import type { KernelContext } from '../context';
import { packPanels } from './pack';
import { productKernel } from './productKernel';
import { tileColumns, tileRows } from '../tile';

/** A matrix in the engine's memory: element [i, j] is `address + 4 (i rowStep + j columnStep)`. */
export interface Operand {
  readonly address: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** A matrix product, `out` [m, n] = a [m, depth] b [depth, n]; the rows of `out` have no gaps between columns. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly depth: number;
  readonly a: Operand;
  readonly b: Operand;
  readonly out: {
    readonly address: number;
    readonly rowStep: number;
    /** 1 unless given: then rows and columns are exchanged, and sums have at most 64 products. */
    readonly columnStep?: number;
  };
  /** The address of a number for each column, with which the sums begin, if the algorithm `finishes`. */
  readonly bias?: number | undefined;
  /** Whether sums below 0 become 0, likewise. */
  readonly relu?: boolean | undefined;
}

/** Elements of a panel's line that are multiplied at a time: rows and columns of a tile stay in the first-level cache. */
const depthBlock = 256;
/** Rows packed at a time; with `depthBlock` elements each they fill a part of the second-level cache. */
const rowBlock = 96;
/** Columns packed at a time: as many as are worth keeping in the third-level cache. */
const columnBlock = 1024;

/**
 * Computes products of one shape block by block, as in K. Goto, R. van de Geijn, "Anatomy of high-performance
 * matrix multiplication", ACM TOMS 34(3), 2008, section 4.
 */
export function multiply(context: KernelContext, products: readonly Product[]): void {
  const { work } = context;
  const { m, n, depth } = products[0]!;
  const deep = Math.min(depth, depthBlock);
  const room: Room = {
    rowPanels: work.scratch(4 * deep * padded(Math.min(m, rowBlock), tileRows)),
    columnPanels: work.scratch(4 * deep * padded(Math.min(n, columnBlock), tileColumns)),
    spare: work.scratch(4 * tileRows * tileColumns),
  };
  for (const product of products) multiplyOne(context, product, room);
}

/** Addresses of working memory. */
interface Room {
  readonly rowPanels: number;
  readonly columnPanels: number;
  /** For one tile. */
  readonly spare: number;
}

function multiplyOne(
  context: KernelContext,
  { m, n, depth, a, b, out }: Product,
  { rowPanels, columnPanels, spare }: Room,
): void {
  const { product } = context.kernels.get('product', () => [productKernel()]);
  const rowLines = { width: tileRows, lineStep: a.rowStep, elementStep: a.columnStep };
  const columnLines = { width: tileColumns, lineStep: b.columnStep, elementStep: b.rowStep };
  for (let j = 0; j < n; j += columnBlock) {
    const columns = Math.min(columnBlock, n - j);
    for (let k = 0; k < depth; k += depthBlock) {
      const length = Math.min(depthBlock, depth - k);
      const from = b.address + 4 * (k * b.rowStep + j * b.columnStep);
      packPanels(context, { ...columnLines, address: from, lines: columns, length }, columnPanels);
      for (let i = 0; i < m; i += rowBlock) {
        const rows = Math.min(rowBlock, m - i);
        const start = a.address + 4 * (i * a.rowStep + k * a.columnStep);
        packPanels(context, { ...rowLines, address: start, lines: rows, length }, rowPanels);
        const to = out.address + 4 * (i * out.rowStep + j);
        const accumulate = k > 0 ? 1 : 0;
        product!(
          rowPanels,
          columnPanels,
          to,
          4 * out.rowStep,
          rows,
          columns,
          length,
          accumulate,
          spare,
        );
      }
    }
  }
}

function padded(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple;
}
