import { viz } from 'gradus';
import type { Benchmark } from './benchmark';
import type { Speed } from './measure';

/** What was measured of one benchmark. */
export interface Row {
  readonly case: string;
  readonly unit: string;
  readonly ours: Speed;
}

/** The row of a benchmark. */
export function rowOf({ name, unit }: Benchmark, ours: Speed): Row {
  return { case: name, unit, ours };
}

/** The rows as a table for a terminal. */
export function rowsToText(rows: readonly Row[]): string {
  return viz.tableToText([
    ['case', 'median', 'min', 'max', 'unit'],
    ...rows.map(({ case: name, unit, ours }) => [
      name,
      rounded(ours.median),
      rounded(ours.min),
      rounded(ours.max),
      unit,
    ]),
  ]);
}

function rounded(speed: number): string {
  return speed >= 100 ? speed.toFixed(0) : speed.toPrecision(3);
}
