import { forEachRow, type Layout, type View } from '@gradus/tensor';
import type { Scan } from '../backend';

/** See `Backend.cumulativeSum`. Sums in double precision and rounds each sum once. */
export function cumulativeSum(x: View, { axis, exclusive, reverse }: Scan, out: View): void {
  const length = x.shape[axis]!;
  const direction = reverse ? -1 : 1;
  const [step, stride] = [direction * x.strides[axis]!, direction * out.strides[axis]!];
  const [source, target] = [x.data, out.data];
  const lines = [x, out].map((view) => lineStarts(view, axis, reverse ? length - 1 : 0));
  forEachRow(lines, ([from, to], rows) => {
    for (let line = 0; line < rows.length; line++) {
      let p = from! + line * rows.steps[0]!;
      let q = to! + line * rows.steps[1]!;
      let total = 0;
      for (let i = 0; i < length; i++, p += step, q += stride) {
        const before = total;
        total += source[p]!;
        target[q] = exclusive ? before : total;
      }
    }
  });
}

/** The layout of the elements at which the lines along an axis begin. */
function lineStarts({ shape, strides, offset }: Layout, axis: number, first: number): Layout {
  return {
    shape: shape.toSpliced(axis, 1),
    strides: strides.toSpliced(axis, 1),
    offset: offset + first * strides[axis]!,
  };
}
