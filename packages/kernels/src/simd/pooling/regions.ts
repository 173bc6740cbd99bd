import type { PoolGeometry } from '../../poolGeometry';
import { poolRanges, type PoolRange } from '../../poolRanges';

/** A rectangle of the result whose windows the border of the image cuts alike, or not at all. */
export interface Region {
  /** Its first row and column in the result, and how many there are. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** The part of its windows that lies in the image, and the first pixel of the first one. */
  readonly taps: { readonly height: number; readonly width: number };
  readonly pixel: { readonly row: number; readonly column: number };
}

/** The result in rectangles, so that padding need not be looked at within any of them. */
export function regionsOf(geometry: PoolGeometry): Region[] {
  const { rows, columns } = poolRanges(geometry);
  const across = runsOf(columns, geometry.strides.horizontal);
  return runsOf(rows, geometry.strides.vertical).flatMap((vertical) =>
    across.map((horizontal) => ({
      row: vertical.first,
      column: horizontal.first,
      rows: vertical.length,
      columns: horizontal.length,
      taps: { height: vertical.range.count, width: horizontal.range.count },
      pixel: { row: vertical.range.first, column: horizontal.range.first },
    })),
  );
}

/** Neighbouring windows of one size that lie a stride apart. */
interface Run {
  readonly first: number;
  length: number;
  /** The first window. */
  readonly range: PoolRange;
}

function runsOf(ranges: readonly PoolRange[], stride: number): Run[] {
  const runs: Run[] = [];
  ranges.forEach((range, i) => {
    const run = runs.at(-1);
    const next = run !== undefined && run.range.first + run.length * stride;
    if (run?.range.count === range.count && next === range.first) run.length += 1;
    else runs.push({ first: i, length: 1, range });
  });
  return runs;
}
