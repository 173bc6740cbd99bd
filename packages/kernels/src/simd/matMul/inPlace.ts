import type { KernelContext } from '../context';
import { copyStrided } from '../copy/stridedCopy';
import type { Kernel } from '../kernelCache';
import { inPlaceKernel, type InPlaceProduct } from './inPlaceKernel';
import type { Product } from './product';

/** Numbers of b that are used again and again, and so should stay in the first-level cache. */
const blockNumbers = 4096;

/**
 * Computes products of one shape without packing their operands, a strip of columns at a time: for few
 * columns or few rows packing would take longer than multiplying. The columns of b must lie next to
 * each other.
 */
export function multiplyInPlace(context: KernelContext, products: readonly Product[]): void {
  const { m, n, depth } = products[0]!;
  const strip = Math.min(n, m === 1 ? 32 : 16);
  const rest = n % strip;
  const whole = kernelFor(context, products[0]!, strip);
  const narrow = rest > 0 ? kernelFor(context, products[0]!, rest) : undefined;
  const width = 4 * (n - rest);
  const stripNumbers = strip * Math.min(depth, deepest(strip));
  const block = 4 * strip * Math.max(1, Math.floor(blockNumbers / stripNumbers));
  for (const { a, b, out, bias = 0 } of products) {
    whole(a.address, b.address, bias, out.address, m, depth, width, block);
    if (narrow === undefined) continue;
    const to = out.address + width * (out.columnStep ?? 1);
    narrow(a.address, b.address + width, bias + width, to, m, depth, 4 * rest, 4 * rest);
  }
}

/** Products of each sum that are added before the next strip or row. */
function deepest(columns: number): number {
  return Math.max(64, Math.floor(blockNumbers / columns));
}

function kernelFor({ kernels }: KernelContext, product: Product, columns: number): Kernel {
  const { a, b, out, bias, relu = false } = product;
  const definition: InPlaceProduct = {
    columns,
    deep: deepest(columns),
    aRowStep: a.rowStep,
    aColumnStep: a.columnStep,
    bRowStep: b.rowStep,
    outRowStep: out.rowStep,
    outColumnStep: out.columnStep ?? 1,
    bias: bias !== undefined,
    relu,
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
