import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { ArgKernel } from '../backend';
import { indices } from './indices';

/** See `Backend.argReduce`: the place of the first NaN, or else of the extremum itself. */
export function argReduce(kernel: ArgKernel, x: View, axes: readonly number[], out: View): void {
  const [array, places] = [toNdarray(x), toNdarray(out)];
  const furthest = kernel === 'argMax' ? Math.max : Math.min;
  const reduced = axes.map((axis) => x.shape[axis]!);
  for (const kept of indices(out.shape)) {
    const numbers = Array.from(indices(reduced), (inner) => {
      const [left, gone] = [kept.values(), inner.values()];
      const index = x.shape.map((_, axis) => (axes.includes(axis) ? gone : left).next().value!);
      return array.get(...index);
    });
    const extremum = numbers.reduce((a, b) => furthest(a, b));
    const isIt = Number.isNaN(extremum) ? Number.isNaN : (n: number) => n === extremum;
    places.set(...kept, numbers.findIndex(isIt));
  }
}
