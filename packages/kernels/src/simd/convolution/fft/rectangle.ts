import type { KernelContext } from '../../context';
import type { Kernel } from '../../kernelCache';
import { clearKernel, rectangleKernel } from './rectangleKernel';

/** Numbers in memory, in rows and columns; steps between them are in bytes and may be negative. */
export interface Grid {
  readonly address: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** How much to copy, and what to do with it on the way. */
export interface Copying {
  readonly rows: number;
  readonly columns: number;
  readonly factor: number;
  /** Where four numbers lie that become NaN if one of those copied is infinite or NaN. */
  readonly check: number;
}

/** Copies and clears rectangles of numbers. */
export class RectangleCopier {
  private readonly copyRows: Kernel;
  private readonly copyElements: Kernel;
  private readonly clearBytes: Kernel;

  constructor({ kernels }: KernelContext) {
    const { copyRows, copyElements, clear } = kernels.get('fft rectangle', () => [
      rectangleKernel('copyRows', { contiguous: true }),
      rectangleKernel('copyElements', { contiguous: false }),
      clearKernel(),
    ]);
    this.copyRows = copyRows!;
    this.copyElements = copyElements!;
    this.clearBytes = clear!;
  }

  copy(from: Grid, to: Grid, { rows, columns, factor, check }: Copying): void {
    if (rows <= 0 || columns <= 0) return;
    const contiguous = from.columnStep === 4 && to.columnStep === 4;
    const copy = contiguous ? this.copyRows : this.copyElements;
    // Written out, because a call with a list of arguments takes ten times as long.
    copy(
      from.address,
      to.address,
      rows,
      columns,
      from.rowStep,
      to.rowStep,
      from.columnStep,
      to.columnStep,
      factor,
      check,
    );
  }

  /** Sets numbers to 0. */
  clear(address: number, count: number): void {
    this.clearBytes(address, 4 * count);
  }
}
