import { isRowMajor, sizeOf, type View } from '@gradus/tensor';
import type { KernelContext } from '../context';
import type { EngineMemory } from '../memory/engineMemory';
import { isSparse } from '../memory/extent';
import { copyStrided } from './stridedCopy';

/** Below so many elements, finding the way to a kernel takes longer than copying (measured). */
const fewElements = 1024;

/**
 * Whether `copy` is quicker than a plain loop. Row after row is copied best by the host; into a part
 * of an ordinary array nothing but a plain loop can write; and of an ordinary array all that the view
 * spans has to be moved to the engine's memory first.
 */
export function isWorthAKernel(memory: EngineMemory, x: View, out: View): boolean {
  if (sizeOf(out.shape) < fewElements || (isRowMajor(x) && isRowMajor(out))) return false;
  if (!memory.holds(x.data) && isSparse(x)) return false;
  return isRowMajor(out) || memory.holds(out.data);
}

/** See `Backend.copy`; `out` is row-major or lies in the engine's memory. */
export function copy({ kernels, work }: KernelContext, x: View, out: View): void {
  const from = work.locate(x);
  const to = work.holds(out) ? work.locate(out) : work.output(out);
  const { shape, strides: fromSteps } = x;
  copyStrided(kernels, { from, to, shape, fromSteps, toSteps: out.strides });
}
