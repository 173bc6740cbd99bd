import { isRowMajor, sizeOf, toTypedArray, type TypedArray, type View } from '@gradus/tensor';

/** The numbers of a view row by row: those in its storage, where they lie so, otherwise a copy. */
export function rowMajorNumbers(view: View): TypedArray {
  if (!isRowMajor(view)) return toTypedArray(view);
  return view.data.subarray(view.offset, view.offset + sizeOf(view.shape));
}
