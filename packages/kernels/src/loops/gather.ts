import { forEachRow, rowMajorStrides, sizeOf, type Layout, type View } from '@gradus/tensor';
import { rowMajorNumbers } from './rowMajorNumbers';

/** See `Backend.gather`. */
export function gather(x: View, indices: View, axis: number, out: View): void {
  const { rows, entries, places } = pairing(x, out, indices, axis);
  const [source, target] = [x.data, out.data];
  forEachRow(rows, ([from, to], { length, steps }) => {
    const [step, stride] = [steps[0]!, steps[1]!];
    for (let i = 0; i < entries.length; i++) {
      let [p, q] = [from! + entries[i]!, to! + places[i]!];
      for (let n = 0; n < length; n++, p += step, q += stride) target[q] = source[p]!;
    }
  });
}

/** See `Backend.scatterAdd`. Sums in double precision and rounds once. */
export function scatterAdd(updates: View, indices: View, axis: number, out: View): void {
  const totals = new Float64Array(sizeOf(out.shape));
  const whole = { shape: out.shape, strides: rowMajorStrides(out.shape), offset: 0 };
  const { rows, entries, places } = pairing(whole, updates, indices, axis);
  const { data } = updates;
  forEachRow(rows, ([to, from], { length, steps }) => {
    const [stride, step] = [steps[0]!, steps[1]!];
    for (let i = 0; i < entries.length; i++) {
      let [p, q] = [from! + places[i]!, to! + entries[i]!];
      for (let n = 0; n < length; n++, p += step, q += stride) totals[q]! += data[p]!;
    }
  });
  out.data.set(totals, out.offset);
}

/** Which elements belong to one another: those at a start of both rows, moved on by one pair each. */
interface Pairing {
  /** The layouts of both without the axis, and without the axes in its place. */
  readonly rows: readonly [whole: Layout, part: Layout];
  /** For each index, where the entry begins that it names. */
  readonly entries: ArrayLike<number>;
  /** For each index, where that begins which stands in its place. */
  readonly places: ArrayLike<number>;
}

function pairing(whole: Layout, part: Layout, indices: View, axis: number): Pairing {
  const rank = indices.shape.length;
  const stride = whole.strides[axis]!;
  const own = { shape: indices.shape, strides: part.strides.slice(axis, axis + rank), offset: 0 };
  return {
    rows: [withoutAxes(whole, axis, 1), withoutAxes(part, axis, rank)],
    entries: Float64Array.from(rowMajorNumbers(indices), (index) => index * stride),
    places: positionsOf(own),
  };
}

function withoutAxes({ shape, strides, offset }: Layout, first: number, count: number): Layout {
  return {
    shape: [...shape.slice(0, first), ...shape.slice(first + count)],
    strides: [...strides.slice(0, first), ...strides.slice(first + count)],
    offset,
  };
}

/** Where the elements of a layout lie, row by row. */
function positionsOf(layout: Layout): Float64Array {
  const positions = new Float64Array(sizeOf(layout.shape));
  let next = 0;
  forEachRow([layout], ([start], { length, steps }) => {
    for (let i = 0; i < length; i++) positions[next++] = start! + i * steps[0]!;
  });
  return positions;
}
