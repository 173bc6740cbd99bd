import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import { indices } from './indices';

/** See `Backend.reduce`: each element of `out` is the extremum of the part of x that shares its index. */
export function extremum(kernel: 'max' | 'min', x: View, axes: readonly number[], out: View): void {
  const [array, extrema] = [toNdarray(x), toNdarray(out)];
  const [ofNothing, furthest] = kernel === 'max' ? [-Infinity, Math.max] : [Infinity, Math.min];
  const reduced = axes.map((axis) => x.shape[axis]!);
  for (const kept of indices(out.shape)) {
    let found = ofNothing;
    for (const inner of indices(reduced)) {
      const [left, gone] = [kept.values(), inner.values()];
      const index = x.shape.map((_, axis) => (axes.includes(axis) ? gone : left).next().value!);
      found = furthest(found, array.get(...index));
    }
    extrema.set(...kept, found);
  }
}
