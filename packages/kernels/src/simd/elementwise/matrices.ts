import { collapseAxes, forEachRow, sizeOf, type Layout } from '@gradus/tensor';

/** Several layouts of one shape, seen as matrices with the same rows and columns. */
export interface Matrices {
  readonly rows: number;
  readonly columns: number;
  /** For each layout, the step from row to row and from column to column, in elements. */
  readonly rowSteps: readonly number[];
  readonly columnSteps: readonly number[];
}

/**
 * Walks layouts of one shape together, the two innermost axes that cannot be joined at a time, in
 * row-major order. `visit` gets the position at which each layout's matrix starts.
 */
export function forEachMatrix(
  layouts: readonly Layout[],
  visit: (starts: readonly number[], matrices: Matrices) => void,
): void {
  const { shape } = layouts[0]!;
  if (sizeOf(shape) === 0) return;
  const strides = layouts.map((layout) => layout.strides);
  const { shape: sizes, strides: steps } = collapseAxes(shape, strides);
  const outer = Math.max(0, sizes.length - 2);
  const innermost = sizes.length - 1;
  const matrices: Matrices = {
    rows: sizes.length > 1 ? sizes[outer]! : 1,
    columns: sizes[innermost] ?? 1,
    rowSteps: steps.map((s) => (sizes.length > 1 ? s[outer]! : 0)),
    columnSteps: steps.map((s) => s[innermost] ?? 0),
  };
  const outerLayouts = layouts.map(({ offset }, v) => ({
    shape: sizes.slice(0, outer),
    strides: steps[v]!.slice(0, outer),
    offset,
  }));
  forEachRow(outerLayouts, (starts, { length, steps: apart }) => {
    for (let i = 0; i < length; i++) {
      const from = starts.map((start, v) => start + i * apart[v]!);
      visit(from, matrices);
    }
  });
}
