import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import { broadcastView } from '../broadcastView';
import { indices } from './indices';

/**
 * See `Backend.matMul`; without an epilogue: out[i, j] = sum over l of a[i, l] b[l, j], for every index
 * before them.
 */
export function matMul(a: View, b: View, out: View): void {
  const batch = out.shape.slice(0, -2);
  const rows = out.shape[batch.length]!;
  const columns = out.shape[batch.length + 1]!;
  const depth = a.shape[a.shape.length - 1]!;
  const allA = toNdarray(broadcastView(a, [...batch, rows, depth]));
  const allB = toNdarray(broadcastView(b, [...batch, depth, columns]));
  const allOut = toNdarray(out);
  for (const index of indices(batch)) {
    const [left, right] = [allA.pick(...index, null, null), allB.pick(...index, null, null)];
    const product = allOut.pick(...index, null, null);
    for (const [i, j] of indices([rows, columns]) as Generator<[number, number]>) {
      let total = 0;
      for (let l = 0; l < depth; l++) total += left.get(i, l) * right.get(l, j);
      product.set(i, j, total);
    }
  }
}
