import type { TypedArray } from '@gradus/tensor';

/** A row-major matrix of results, its rows `rowStep` apart. */
export interface Results {
  readonly data: Float64Array;
  readonly rowStep: number;
  readonly rows: number;
  readonly columns: number;
}

/** Rounds results to the element type of `out` and stores them there, row by row. */
export function storeRows(
  { data, rowStep, rows, columns }: Results,
  out: TypedArray,
  start: number,
  outRowStep: number,
): void {
  for (let row = 0; row < rows; row++) {
    const source = row * rowStep;
    const target = start + row * outRowStep;
    for (let i = 0; i < columns; i++) out[target + i] = data[source + i]!;
  }
}
