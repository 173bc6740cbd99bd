import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { RowKernel } from '../backend';
import { indices } from './indices';

/** See `Backend.mapRows` and `RowKernel`. */
export function mapRows(kernel: RowKernel, x: View, out: View): void {
  const [array, results] = [toNdarray(x), toNdarray(out)];
  const columns = Array.from({ length: x.shape.at(-1)! }, (_, column) => column);
  for (const row of indices(x.shape.slice(0, -1))) {
    const numbers = columns.map((column) => array.get(...row, column));
    const largest = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = numbers.reduce((sum, number) => sum + Math.exp(number - largest), 0);
    columns.forEach((column, i) => {
      const shifted = numbers[i]! - largest;
      const result = kernel === 'softmax' ? Math.exp(shifted) / total : shifted - Math.log(total);
      results.set(...row, column, result);
    });
  }
}
