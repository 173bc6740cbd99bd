import type { KernelContext } from '../context';
import { packKernel, type Contiguous } from './packKernel';

/** Lines (rows of a left, columns of a right factor) of a matrix in the engine's memory. */
export interface Lines {
  readonly address: number;
  /** Elements from one line to the next, and from one element of a line to the next. */
  readonly lineStep: number;
  readonly elementStep: number;
  readonly lines: number;
  /** Elements of a line. */
  readonly length: number;
  /** Lines to a panel. */
  readonly width: number;
}

/** Packs lines into panels at the address `to`; the last panel is filled up with zeros. */
export function packPanels({ kernels }: KernelContext, source: Lines, to: number): void {
  const { address, lineStep, elementStep, lines, length, width } = source;
  const contiguous: Contiguous =
    elementStep === 1 ? 'elements' : lineStep === 1 ? 'lines' : 'neither';
  const { pack } = kernels.get(`pack ${width} ${contiguous}`, () => [
    packKernel(width, contiguous),
  ]);
  pack!(address, 4 * lineStep, 4 * elementStep, lines, length, to);
}
