import { zeros, type View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import ops from 'ndarray-ops';
import { indices as indicesOf } from './indices';

/** See `Backend.gather`. */
export function gather(x: View, indices: View, axis: number, out: View): void {
  const [array, result] = [toNdarray(x), toNdarray(out)];
  for (const { part, whole } of pairs(out, indices, axis)) {
    result.set(...part, array.get(...whole));
  }
}

/** See `Backend.scatterAdd`. */
export function scatterAdd(updates: View, indices: View, axis: number, out: View): void {
  const [array, total] = [toNdarray(updates), toNdarray(zeros(out.shape, 'float64'))];
  for (const { part, whole } of pairs(updates, indices, axis)) {
    total.set(...whole, total.get(...whole) + array.get(...part));
  }
  ops.assign(toNdarray(out), total);
}

/**
 * Every index of what is taken, or put back, with the index of where it comes from, or goes to: in place
 * of its numbers along the axes of the indices, the number that the indices have there.
 */
function* pairs(
  taken: View,
  indices: View,
  axis: number,
): Generator<{ readonly part: readonly number[]; readonly whole: readonly number[] }> {
  const [numbers, rank] = [toNdarray(indices), indices.shape.length];
  for (const part of indicesOf(taken.shape)) {
    const number = numbers.get(...part.slice(axis, axis + rank));
    yield { part, whole: part.toSpliced(axis, rank, number) };
  }
}
