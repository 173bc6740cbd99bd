import { sizeOf, type Shape } from './shape';
import { collapseAxes, type Layout } from './view';

/** What the innermost loop over several views needs: where each row starts, and how it steps. */
export interface Rows {
  /** Elements in a row. */
  readonly length: number;
  /** The step of each view along a row, in elements. */
  readonly steps: readonly number[];
}

/**
 * Walks several views of one shape together, row by row in row-major order, so that a kernel needs
 * only an innermost loop. `visit` gets the position at which each view's row starts; the array is
 * reused between calls.
 */
export function forEachRow(
  layouts: readonly Layout[],
  visit: (starts: readonly number[], rows: Rows) => void,
): void {
  const shape: Shape = layouts[0]!.shape;
  if (sizeOf(shape) === 0) return;
  const { shape: sizes, strides } = collapseAxes(
    shape,
    layouts.map((layout) => layout.strides),
  );
  const inner = sizes.length - 1;
  const rows: Rows = { length: sizes[inner] ?? 1, steps: strides.map((s) => s[inner] ?? 0) };
  const starts = layouts.map((layout) => layout.offset);
  const index = new Array<number>(Math.max(inner, 0)).fill(0);
  for (;;) {
    visit(starts, rows);
    let axis = inner - 1;
    for (; axis >= 0; axis--) {
      const carry = ++index[axis]! === sizes[axis];
      if (carry) index[axis] = 0;
      const move = carry ? 1 - sizes[axis]! : 1;
      for (let v = 0; v < starts.length; v++) starts[v]! += strides[v]![axis]! * move;
      if (!carry) break;
    }
    if (axis < 0) return;
  }
}
