import { forEachRow, type TypedArray, type View } from '@gradus/tensor';

/** One row of a view: elements `data[start]`, `data[start + step]`, ... */
export interface Row {
  readonly data: TypedArray;
  readonly start: number;
  readonly step: number;
}

interface Cursor extends Row {
  start: number;
  step: number;
}

/**
 * Walks views of one shape together and calls `visit` for each innermost row. `rows` has one entry
 * for each view; it is one and the same array throughout, whose entries move on between calls.
 */
export function forEachRowOf(
  views: readonly View[],
  visit: (rows: readonly Row[], length: number) => void,
): void {
  const rows: Cursor[] = views.map((view) => ({ data: view.data, start: view.offset, step: 0 }));
  forEachRow(views, (starts, { length, steps }) => {
    for (let v = 0; v < rows.length; v++) {
      const row = rows[v]!;
      row.start = starts[v]!;
      row.step = steps[v]!;
    }
    visit(rows, length);
  });
}
