import { isRowMajor, rowMajorStrides, sizeOf, type View } from '@gradus/tensor';
import type { KernelContext } from '../context';
import type { EngineMemory } from '../memory/engineMemory';
import { copyStrided } from './stridedCopy';

/** Below so many elements, finding the way to a kernel takes longer than copying (measured). */
const fewElements = 1024;

/**
 * Whether `copy` is quicker than a plain loop. Row after row is copied best by the host; and into a
 * part of an ordinary array nothing but a plain loop can write.
 */
export function isWorthAKernel(memory: EngineMemory, x: View, out: View): boolean {
  if (sizeOf(out.shape) < fewElements || (isRowMajor(x) && isRowMajor(out))) return false;
  return isRowMajor(out) || memory.holds(out.data);
}

/** See `Backend.copy`; `out` is row-major or lies in the engine's memory. */
export function copy({ kernels, work }: KernelContext, x: View, out: View): void {
  const { shape, strides } = x;
  const from = work.locate(x);
  const inPlace = work.holds(out);
  const to = inPlace ? work.locate(out) : work.output(out);
  const toSteps = inPlace ? out.strides : rowMajorStrides(shape);
  copyStrided(kernels, { from, to, shape, fromSteps: strides, toSteps });
}
