import type { KernelContext } from '../context';
import { copyStrided } from '../copy/stridedCopy';
import type { Kernel } from '../kernelCache';
import { inPlaceKernel } from './inPlaceKernel';
import type { Product } from './product';

/** Numbers of b that are used again and again, and so should stay in the first-level cache. */
const blockNumbers = 4096;

/**
 * Computes products of one shape without packing their operands, a strip of columns at a time: for few
 * columns or few rows packing would take longer than multiplying. The columns of b must lie next to
 * each other.
 */
export function multiplyInPlace(context: KernelContext, products: readonly Product[]): void {
  const { m, n, depth, a, b } = products[0]!;
  const strip = Math.min(n, m === 1 ? 32 : 16);
  const deep = Math.max(64, Math.floor(blockNumbers / strip));
  const rest = n % strip;
  const whole = kernelFor(context, products[0]!, strip);
  const narrow = rest > 0 ? kernelFor(context, products[0]!, rest) : whole;
  for (const product of products) {
    for (let j = 0; j < n; j += strip) {
      const run = j + strip <= n ? whole : narrow;
      const to = product.out.address + 4 * j;
      for (let k = 0; k < depth; k += deep) {
        const fromA = product.a.address + 4 * k * a.columnStep;
        const fromB = product.b.address + 4 * (k * b.rowStep + j);
        run(fromA, fromB, to, m, Math.min(deep, depth - k), k > 0 ? 1 : 0);
      }
    }
  }
}

function kernelFor({ kernels }: KernelContext, { a, b, out }: Product, columns: number): Kernel {
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
}

/** The same where the columns of b, and not its rows, have no gaps: b is transposed first. */
export function multiplyTransposed(context: KernelContext, products: readonly Product[]): void {
  const { n, depth } = products[0]!;
  const address = context.work.scratch(4 * depth * n);
  for (const product of products) {
    const { b } = product;
    copyStrided(context.kernels, {
      from: b.address,
      to: address,
      shape: [depth, n],
      fromSteps: [b.rowStep, b.columnStep],
      toSteps: [n, 1],
    });
    multiplyInPlace(context, [{ ...product, b: { address, rowStep: n, columnStep: 1 } }]);
  }
}
