import { newTypedArray, type DType, type TypedArray, type TypedArrayOf } from './dtype';
import { forEachRow } from './rows';
import { rowMajor, isRowMajor, type View } from './view';
import { sizeOf } from './shape';

/**
 * Writes a view's elements, row by row, to the start of `out`. A different element type converts as
 * typed arrays do: towards zero for int32, modulo 256 for uint8, rounded to nearest for float32.
 */
export function copyInto(view: View, out: TypedArray): void {
  const size = sizeOf(view.shape);
  if (isRowMajor(view)) {
    out.set(view.data.subarray(view.offset, view.offset + size));
    return;
  }
  const { data } = view;
  forEachRow([view, rowMajor(view.shape)], ([from, to], { length, steps }) => {
    const step = steps[0]!;
    for (let i = 0, x = from!; i < length; i++, x += step) out[to! + i] = data[x]!;
  });
}

/** A view's elements, row by row, in a new array. */
export function toTypedArray<D extends DType>(view: View<D>): TypedArrayOf<D> {
  const out = newTypedArray(view.dtype, sizeOf(view.shape));
  copyInto(view, out);
  return out;
}
