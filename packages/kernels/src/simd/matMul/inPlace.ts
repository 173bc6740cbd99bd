import type { KernelContext } from '../context';
import { copyStrided } from '../copy/stridedCopy';
import type { Kernel } from '../kernelCache';
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
  const strip = Math.min(n, m === 1 ? 32 : 16);
  const deep = Math.max(64, Math.floor(blockNumbers / strip));
  const kernelFor = (columns: number): Kernel => {
    const definition = {
      columns,
      aRowStep: a.rowStep,
      aColumnStep: a.columnStep,
      bRowStep: b.rowStep,
      outRowStep: out.rowStep,
    };
    const { inPlace } = kernels.get(`inPlace ${JSON.stringify(definition)}`, () => [
      inPlaceKernel(definition),
    ]);
    return inPlace!;
  };
  const multiplyStrip = (run: Kernel, j: number): void => {
    for (let k = 0; k < depth; k += deep) {
      const fromA = a.address + 4 * k * a.columnStep;
      const fromB = b.address + 4 * (k * b.rowStep + j);
      run(fromA, fromB, out.address + 4 * j, m, Math.min(deep, depth - k), k > 0 ? 1 : 0);
    }
  };
  const rest = n % strip;
  const whole = kernelFor(strip);
  for (let j = 0; j < n - rest; j += strip) multiplyStrip(whole, j);
  if (rest > 0) multiplyStrip(kernelFor(rest), n - rest);
}

/** The same where the columns of b, and not its rows, have no gaps: b is transposed first. */
export function multiplyTransposed(context: KernelContext, product: Product): void {
  const { n, depth, b } = product;
  const address = context.work.scratch(4 * depth * n);
  copyStrided(context.kernels, {
    from: b.address,
    to: address,
    shape: [depth, n],
    fromSteps: [b.rowStep, b.columnStep],
    toSteps: [n, 1],
  });
  multiplyInPlace(context, { ...product, b: { address, rowStep: n, columnStep: 1 } });
}
