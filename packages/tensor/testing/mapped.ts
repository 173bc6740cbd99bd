import { fill, type DType, type Tensor } from '../src/index';
import { indexOfNth } from './indices';

/** A function of each number of a tensor, and of its place row by row, in the same element type. */
export function mapped<D extends DType>(
  x: Tensor<D>,
  f: (value: number, n: number) => number,
): Tensor<D> {
  const values = x.toTypedArray();
  return fill(x.shape, (n) => f(values[n]!, n), x.dtype);
}

/** A function of the numbers of two tensors of one shape, in the first one's element type. */
export function combined<D extends DType>(
  a: Tensor<D>,
  b: Tensor,
  f: (a: number, b: number) => number,
): Tensor<D> {
  const others = b.toTypedArray();
  return mapped(a, (value, n) => f(value, others[n]!));
}

/**
 * A tensor whose number at each index is that of x at another, and 0 where that is undefined: turned
 * over, cut out, sorted anew, framed.
 * @throws ShapeError if x has no such index.
 */
export function rearranged<D extends DType>(
  x: Tensor<D>,
  shape: readonly number[],
  from: (index: readonly number[]) => readonly number[] | undefined,
): Tensor<D> {
  const numberAt = (index: readonly number[] | undefined): number =>
    index === undefined ? 0 : x.at(...index);
  return fill(shape, (n) => numberAt(from(indexOfNth(shape, n))), x.dtype);
}
