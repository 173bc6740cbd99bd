import { formatShape, sizeOf } from './shape';
import { positionOf, type View } from './view';

/** Axes longer than this are shortened to their first and last elements. */
const longAxis = 8;
const shownEnds = 3;

/**
 * A tensor as text: its element type and shape, then its numbers as nested rows in columns of one
 * width, rounded to four decimals.
 */
export function formatTensor(view: View): string {
  const head = `${view.dtype} ${formatShape(view.shape)}`;
  if (sizeOf(view.shape) === 0) return head;
  const cells = shownNumbers(view);
  const width = Math.max(...cells.map((cell) => cell.length));
  return `${head} ${nest(view, [], (value) => formatNumber(value).padStart(width))}`;
}

/** A number with at most four decimals, in exponent form where that would hide it. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(3) : String(Number(value.toFixed(4)));
}

function shownNumbers(view: View): string[] {
  const cells: string[] = [];
  nest(view, [], (value) => {
    cells.push(formatNumber(value));
    return '';
  });
  return cells;
}

function nest(view: View, index: readonly number[], cell: (value: number) => string): string {
  const axis = index.length;
  if (axis === view.shape.length) return cell(view.data[positionOf(view, index)]!);
  const size = view.shape[axis]!;
  const long = size > longAxis;
  const parts = Array.from({ length: long ? 2 * shownEnds : size }, (_, i) => {
    const shown = long && i >= shownEnds ? size - 2 * shownEnds + i : i;
    return nest(view, [...index, shown], cell);
  });
  if (long) parts.splice(shownEnds, 0, '...');
  const innermost = axis === view.shape.length - 1;
  return `[${parts.join(innermost ? ', ' : `,\n${' '.repeat(axis + 1)}`)}]`;
}
