import makeNdarray, { type NdArray } from 'ndarray';
import { arrayStorage, DTypeError, dtypeOf, Tensor, type TypedArray, type View } from './index';

/**
 * The view as an ndarray, without a copy where its storage is an ordinary array.
 * ndarray builds code with `new Function`, which a strict Content-Security-Policy forbids; that is
 * why this lies under a subpath of its own.
 */
export function toNdarray(view: View): NdArray<TypedArray> {
  return makeNdarray(view.data, [...view.shape], [...view.strides], view.offset);
}

/**
 * The ndarray as a tensor, without a copy: do not write to it afterwards.
 * @throws DTypeError if its data is not a Float32Array, Float64Array, Int32Array or Uint8Array.
 */
export function fromNdarray(array: NdArray<TypedArray>): Tensor {
  const dtype = dtypeOf(array.data);
  if (dtype === undefined) {
    throw new DTypeError({
      op: 'fromNdarray',
      expected: 'data in a Float32Array, Float64Array, Int32Array or Uint8Array',
      received: (array.data as object).constructor.name,
    });
  }
  const { shape, stride, offset } = array;
  const data = array.data instanceof Uint8ClampedArray ? new Uint8Array(array.data) : array.data;
  return new Tensor(arrayStorage(dtype, data), { shape, strides: stride, offset });
}
