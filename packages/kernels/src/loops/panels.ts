import type { TypedArray } from '@gradus/tensor';
import type { PackLines } from './gemm';
import { tileSize } from './tile';

/** Lines (rows or columns) of a matrix in some storage. */
export interface Lines {
  readonly data: TypedArray;
  readonly start: number;
  /** How many lines there are; later ones count as zeros. */
  readonly count: number;
  /** Distance from one line to the next. */
  readonly lineStep: number;
  /** Distance from one element of a line to the next. */
  readonly step: number;
  /** Elements of a line. */
  readonly length: number;
}

/** Packs the lines of a matrix with any strides: transposes cost nothing here. */
export function packLines({ data, start, count, lineStep, step, length }: Lines): PackLines {
  return (panels, first, lines) => {
    for (let line = first; line < first + lines; line++) {
      const inPanel = line % tileSize;
      const to = (line - first - inPanel) * length + inPanel;
      const from = start + line * lineStep;
      if (line < count) interleave({ data, start: from, step }, panels, to, length);
      else for (let i = 0; i < length; i++) panels[to + i * tileSize] = 0;
    }
  };
}

function interleave(
  { data, start, step }: Pick<Lines, 'data' | 'start' | 'step'>,
  panels: Float64Array,
  to: number,
  length: number,
): void {
  const end = to + length * 3;
  for (let p = start, q = to; q < end; p += step, q += 3) panels[q] = data[p]!;
}
