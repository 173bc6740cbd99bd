import type { KernelContext } from '../../context';
import type { Kernels } from '../../kernelCache';
import type { WasmFunction } from '../../wasm';
import { forwardColumnsKernel, inverseColumnsKernel } from './columnsKernel';
import { RectangleCopier, type Grid } from './rectangle';
import { forwardRowsKernel, inverseRowsKernel } from './rowsKernel';
import { elementBytes, type Direction } from './element';
import { blockPitch, spectrumBytes } from './spectrum';
import { twiddleBytes, twiddlesKernel } from './twiddles';

/** Neighbouring positions of an axis that are also positions of an axis of a plane. */
export interface Span {
  /** The first one, and where in the plane it lies. */
  readonly from: number;
  readonly at: number;
  readonly count: number;
  /** From one to the next in the plane; default 1. */
  readonly step?: number;
}

/** A rectangle of numbers in a grid that goes to, or comes from, one of the two planes. */
export interface Patch {
  readonly grid: Grid;
  readonly rows: Span;
  readonly columns: Span;
}

/** Rows of a plane, multiples of four; the others are 0, or nobody asks for them. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/**
 * Transforms of two real planes of one size, taken together as the real and the imaginary part of a
 * complex one.
 */
export class PlanePair {
  readonly spectrumBytes: number;
  readonly columnTwiddles: number;
  private readonly planes: readonly [re: number, im: number];
  private readonly buffer: number;
  private readonly rowTwiddles: number;
  private readonly rowKernels: Kernels;
  private readonly rectangles: RectangleCopier;
  private readonly check: number;

  constructor(
    private readonly context: KernelContext,
    readonly height: number,
    readonly width: number,
  ) {
    const { kernels, work } = context;
    const bytes = 4 * height * width;
    this.spectrumBytes = spectrumBytes(height, width);
    this.planes = [work.scratch(bytes), work.scratch(bytes)];
    this.buffer = work.scratch(elementBytes * width);
    this.rowTwiddles = writeTwiddles(context, width);
    this.columnTwiddles = writeTwiddles(context, height);
    this.rowKernels = kernels.get(`fft rows ${width}`, () => [
      forwardRowsKernel(width),
      inverseRowsKernel(width),
    ]);
    this.rectangles = new RectangleCopier(context);
    this.check = work.scratch(16);
    this.rectangles.clear(this.check, 4);
  }

  /** Puts patches into the planes, with zeros around them, and transforms the rows. */
  forwardRows(patches: readonly Patch[], spectrum: number): Rows {
    const rows = rowsOf(patches);
    if (rows.to > rows.from) {
      this.planes.forEach((plane, i) => this.fill(plane, patches[i], rows));
      this.runRows('forwardRows', spectrum, rows);
    }
    return rows;
  }

  /** Transforms columns of which only some rows are not 0. */
  forwardColumns(spectrum: number, rows: Rows): void {
    const { forwardColumns } = this.columnKernel('forward', forwardColumnsKernel);
    forwardColumns!(spectrum, rows.from, rows.to, this.columnTwiddles);
  }

  inverseColumns(spectrum: number): void {
    const { inverseColumns } = this.columnKernel('inverse', inverseColumnsKernel);
    inverseColumns!(spectrum, this.columnTwiddles);
  }

  /** Transforms those rows of a spectrum that are needed, and copies the patches from the planes. */
  inverseRows(spectrum: number, patches: readonly Patch[]): void {
    this.runRows('inverseRows', spectrum, rowsOf(patches));
    const factor = 1 / (this.height * this.width);
    patches.forEach((patch, i) => {
      this.copy(patch, this.inPlane(this.planes[i]!, patch), inGrid(patch), factor);
    });
  }

  /**
   * Whether all numbers that came and went are finite. One that is not spreads over both planes; and
   * numbers near the largest may overflow on the way.
   */
  get isFinite(): boolean {
    return this.context.work.floats(this.check, 4).every((value) => value === 0);
  }

  private runRows(name: 'forwardRows' | 'inverseRows', spectrum: number, rows: Rows): void {
    const start = 4 * this.width * rows.from;
    const [re, im] = [this.planes[0] + start, this.planes[1] + start];
    const at = spectrum + elementBytes * rows.from;
    const groups = (rows.to - rows.from) / 4;
    const pitch = blockPitch(this.height);
    this.rowKernels[name]!(re, im, at, groups, pitch, this.buffer, this.rowTwiddles);
  }

  private columnKernel(
    direction: Direction,
    define: (height: number, width: number) => WasmFunction,
  ): Kernels {
    const { context, height, width } = this;
    const key = `fft ${direction} columns ${height} ${width}`;
    return context.kernels.get(key, () => [define(height, width)]);
  }

  private fill(plane: number, patch: Patch | undefined, { from, to }: Rows): void {
    const whole =
      patch?.rows.at === from &&
      patch.rows.count === to - from &&
      patch.columns.count === this.width;
    if (!whole) this.rectangles.clear(plane + 4 * this.width * from, (to - from) * this.width);
    if (patch === undefined) return;
    this.copy(patch, inGrid(patch), this.inPlane(plane, patch), 1);
  }

  private copy({ rows, columns }: Patch, from: Grid, to: Grid, factor: number): void {
    const { check } = this;
    this.rectangles.copy(from, to, { rows: rows.count, columns: columns.count, factor, check });
  }

  private inPlane(plane: number, { rows, columns }: Patch): Grid {
    const rowStep = 4 * this.width;
    return {
      address: plane + rows.at * rowStep + 4 * columns.at,
      rowStep: rowStep * (rows.step ?? 1),
      columnStep: 4 * (columns.step ?? 1),
    };
  }
}

function inGrid({ grid, rows, columns }: Patch): Grid {
  const { rowStep, columnStep } = grid;
  const address = grid.address + rows.from * rowStep + columns.from * columnStep;
  return { address, rowStep, columnStep };
}

/** The rows that any of the patches touches. */
function rowsOf(patches: readonly Patch[]): Rows {
  let [from, to] = [Infinity, 0];
  for (const { rows } of patches) {
    if (rows.count === 0) continue;
    from = Math.min(from, rows.at);
    to = Math.max(to, rows.at + (rows.count - 1) * (rows.step ?? 1) + 1);
  }
  return to === 0 ? { from: 0, to: 0 } : { from: from - (from % 4), to: 4 * Math.ceil(to / 4) };
}

function writeTwiddles({ kernels, work }: KernelContext, length: number): number {
  const to = work.scratch(twiddleBytes(length));
  kernels.get(`fft twiddles ${length}`, () => [twiddlesKernel(length)])['writeTwiddles']!(to);
  return to;
}
