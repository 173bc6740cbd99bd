import { forEachRow, rowMajorStrides, sizeOf, type View } from '@gradus/tensor';

/** See `Backend.reduce`. */
export function extremum(kernel: 'max' | 'min', x: View, axes: readonly number[], out: View): void {
  const sign = kernel === 'max' ? 1 : -1;
  // The smallest number is the largest of the negatives, negated.
  const largest = new Float64Array(sizeOf(out.shape)).fill(-Infinity);
  const kept = rowMajorStrides(out.shape);
  let next = 0;
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? 0 : kept[next++]!));
  const { data } = x;
  forEachRow([x, { shape: x.shape, strides, offset: 0 }], ([from, to], { length, steps }) => {
    const [step, stride] = [steps[0]!, steps[1]!];
    for (let i = 0, p = from!, q = to!; i < length; i++, p += step, q += stride) {
      largest[q] = Math.max(largest[q]!, sign * data[p]!);
    }
  });
  for (let i = 0; i < largest.length; i++) out.data[out.offset + i] = sign * largest[i]!;
}
