import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { Scan } from '../backend';
import { indices } from './indices';

/** See `Backend.cumulativeSum`. */
export function cumulativeSum(x: View, { axis, exclusive, reverse }: Scan, out: View): void {
  const [array, sums] = [toNdarray(x), toNdarray(out)];
  const places = Array.from({ length: x.shape[axis]! }, (_, place) => place);
  if (reverse) places.reverse();
  for (const index of indices(x.shape)) {
    const end = places.indexOf(index[axis]!);
    const summed = places.slice(0, exclusive ? end : end + 1);
    const numbers = summed.map((place) => array.get(...index.with(axis, place)));
    sums.set(
      ...index,
      numbers.reduce((sum, n) => sum + n, 0),
    );
  }
}
