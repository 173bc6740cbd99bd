import { forEachRow, rowMajorStrides, sizeOf, type View } from '@gradus/tensor';

/** See `Backend.reduce`. Sums in double precision and rounds once. */
export function sum(x: View, axes: readonly number[], out: View): void {
  const size = sizeOf(out.shape);
  const totals = new Float64Array(size);
  const kept = rowMajorStrides(out.shape);
  let next = 0;
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? 0 : kept[next++]!));
  const { data } = x;
  forEachRow([x, { shape: x.shape, strides, offset: 0 }], ([from, to], { length, steps }) => {
    const [step, stride] = [steps[0]!, steps[1]!];
    for (let i = 0, p = from!, q = to!; i < length; i++, p += step, q += stride) {
      totals[q]! += data[p]!;
    }
  });
  out.data.set(totals, out.offset);
}
