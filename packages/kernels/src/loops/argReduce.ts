import { forEachRow, rowMajorStrides, sizeOf, type View } from '@gradus/tensor';
import type { ArgKernel } from '../backend';

/** See `Backend.argReduce`. */
export function argReduce(kernel: ArgKernel, x: View, axes: readonly number[], out: View): void {
  // The smallest number is the largest of the negatives.
  const sign = kernel === 'argMax' ? 1 : -1;
  const size = sizeOf(out.shape);
  // Where all numbers are -Infinity, the first is the one; so the place needs no other beginning than 0.
  const largest = new Float64Array(size).fill(-Infinity);
  const places = new Int32Array(size);
  const { shape, data } = x;
  const among = rowMajorStrides(axes.map((axis) => shape[axis]!));
  const kept = rowMajorStrides(out.shape);
  let [inner, outer] = [0, 0];
  const strides = shape.map((_, axis) =>
    axes.includes(axis) ? [0, among[inner++]!] : [kept[outer++]!, 0],
  );
  const layouts = [0, 1].map((i) => ({ shape, strides: strides.map((s) => s[i]!), offset: 0 }));
  forEachRow([x, ...layouts], ([from, to, first], { length, steps }) => {
    const [step, stride, advance] = [steps[0]!, steps[1]!, steps[2]!];
    let [p, q, place] = [from!, to!, first!];
    for (let i = 0; i < length; i++, p += step, q += stride, place += advance) {
      const value = sign * data[p]!;
      const known = largest[q]!;
      if (value > known || (Number.isNaN(value) && !Number.isNaN(known))) {
        largest[q] = value;
        places[q] = place;
      }
    }
  });
  out.data.set(places, out.offset);
}
