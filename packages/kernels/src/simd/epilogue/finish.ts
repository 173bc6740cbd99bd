import type { KernelSource } from '../kernelCache';
import { finishKernel, type Finish } from './finishKernel';

/** `finish(sums, bias, y, places, rows)`; see `finishKernel`. */
type FinishRows = (sums: number, bias: number, y: number, places: number, rows: number) => void;

/** The kernel that does what is left to do with the sums of a convolution or a product. */
export function finishFor(kernels: KernelSource, definition: Finish): FinishRows {
  const made = kernels.get(`finish ${JSON.stringify(definition)}`, () => [
    finishKernel(definition),
  ]);
  return made.finish!;
}
