import type { KernelContext } from '../context';
import { inPlaceKernel } from './inPlaceKernel';
import type { Product } from './product';

/** Numbers of b that are used again and again, and so should stay in the first-level cache. */
const blockNumbers = 4096;

/**
 * Computes a product without packing its operands, a strip of columns at a time: for few columns or
 * few rows packing would take longer than multiplying. The columns of b must lie next to each other.
 */
export function multiplyInPlace({ kernels }: KernelContext, product: Product): void {
  const { m, n, depth, a, b, out } = product;
  const strip = m === 1 ? 32 : 16;
  const deep = Math.max(64, Math.floor(blockNumbers / Math.min(n, strip)));
  for (let j = 0; j < n; j += strip) {
    const definition = {
      columns: Math.min(strip, n - j),
      aRowStep: a.rowStep,
      aColumnStep: a.columnStep,
      bRowStep: b.rowStep,
      outRowStep: out.rowStep,
    };
    const { inPlace } = kernels.get(`inPlace ${JSON.stringify(definition)}`, () => [
      inPlaceKernel(definition),
    ]);
    for (let k = 0; k < depth; k += deep) {
      const fromA = a.address + 4 * k * a.columnStep;
      const fromB = b.address + 4 * (k * b.rowStep + j);
      inPlace!(fromA, fromB, out.address + 4 * j, m, Math.min(deep, depth - k), k > 0 ? 1 : 0);
    }
  }
}
