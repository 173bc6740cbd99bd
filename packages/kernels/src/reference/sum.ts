import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import ops from 'ndarray-ops';
import { indices } from './indices';

/** See `Backend.reduce`: each element of `out` is the sum of the part of x that shares its index. */
export function sum(x: View, axes: readonly number[], out: View): void {
  const [array, sums] = [toNdarray(x), toNdarray(out)];
  for (const index of indices(out.shape)) {
    const kept = index.values();
    const part = x.shape.map((_, axis) => (axes.includes(axis) ? null : kept.next().value!));
    // `pick` forgets the offset of an array without axes, which has nothing to pick from anyway.
    sums.set(...index, ops.sum(part.length === 0 ? array : array.pick(...part)));
  }
}
