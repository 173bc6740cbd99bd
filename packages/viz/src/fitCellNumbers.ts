import { OptionError } from '@gradus/tensor';
import { cellNumbers } from './cellNumbers';
import { textHeight, textWidth } from './drawText';

/** Pixels between a number and the edge of its cell, at least. */
const padding = 2;
/** The size of a cell in which numbers such as -0.12 are easily read. */
export const numberedCellSize = textWidth('-0.12') + 12;

/** Texts for the cells of a matrix, with the pixels of a dot of their letters. */
export interface CellTexts {
  readonly of: readonly string[];
  readonly scale: number;
}

/**
 * The numbers of a matrix as they fit into square cells.
 * @param wanted default: only where they are easily read.
 * @throws OptionError if they are wanted and do not fit.
 */
export function fitCellNumbers(
  values: ArrayLike<number>,
  { cellSize, wanted }: { readonly cellSize: number; readonly wanted: boolean | undefined },
): CellTexts | undefined {
  if (wanted === false || (wanted === undefined && cellSize < numberedCellSize)) return undefined;
  for (const scale of wanted ? [2, 1] : [2]) {
    const texts = cellNumbers(values, lettersThatFit(cellSize, scale));
    if (texts !== undefined) return { of: texts, scale };
  }
  if (!wanted) return undefined;
  throw new OptionError({
    op: 'kernelPicture',
    expected: `cellSize: at least ${leastCellSize(values)} pixels for these numbers`,
    received: `${cellSize}`,
  });
}

function lettersThatFit(cellSize: number, scale: number): number {
  const room = cellSize - 2 * padding;
  if (room < textHeight(scale)) return 0;
  let letters = 1;
  while (textWidth('0'.repeat(letters + 1), scale) <= room) letters++;
  return letters;
}

function leastCellSize(values: ArrayLike<number>): number {
  let size = textHeight(1) + 2 * padding;
  while (cellNumbers(values, lettersThatFit(size, 1)) === undefined) size++;
  return size;
}
