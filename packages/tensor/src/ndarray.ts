import makeNdarray, { type NdArray } from 'ndarray';
import { DTypeError, dtypeOf, tensor, Tensor } from './index';
import type { DType, DTypeOf, TypedArray, TypedArrayOf, View } from './index';

/**
 * The view as an ndarray, without a copy where its storage is an ordinary array.
 * ndarray builds code with `new Function`, which a strict Content-Security-Policy forbids; that is
 * why this lies under a subpath of its own.
 */
export function toNdarray<D extends DType>(view: View<D>): NdArray<TypedArrayOf<D>> {
  return makeNdarray(view.data, [...view.shape], [...view.strides], view.offset);
}

/**
 * The ndarray as a tensor, without a copy: do not write to it afterwards.
 * @throws DTypeError if its data is not a Float32Array, Float64Array, Int32Array or Uint8Array.
 */
export function fromNdarray<A extends TypedArray | Uint8ClampedArray>(
  array: NdArray<A>,
): Tensor<DTypeOf<A>> {
  if (dtypeOf(array.data) === undefined) {
    throw new DTypeError({
      op: 'fromNdarray',
      expected: 'data in a Float32Array, Float64Array, Int32Array or Uint8Array',
      received: (array.data as object).constructor.name,
    });
  }
  const { shape, stride, offset } = array;
  return new Tensor(tensor(array.data).storage, { shape, strides: stride, offset });
}
