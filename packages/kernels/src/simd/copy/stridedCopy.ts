import { collapseAxes, forEachRow, type Shape } from '@gradus/tensor';
import type { Kernel, KernelSource } from '../kernelCache';
import type { WasmFunction } from '../wasm';
import { copyElementsKernel, copyRowsKernel, transposeKernel } from './copyKernels';

/** A copy within the engine's memory; source and target share no element. */
export interface StridedCopy {
  /** Addresses of the first element. */
  readonly from: number;
  readonly to: number;
  readonly shape: Shape;
  /** For each axis the step in the source, and that in the target, in elements. */
  readonly fromSteps: readonly number[];
  readonly toSteps: readonly number[];
}

/** Copies matrix by matrix: rows as they are, transposed in blocks, or number by number. */
export function copyStrided(kernels: KernelSource, copy: StridedCopy): void {
  const axes = axesOf(copy);
  const [rows, columns] = axes.slice(-2) as [Axis, Axis];
  const outer = axes.slice(0, -2);
  const shape = outer.map((axis) => axis.size);
  const layouts = [
    { shape, strides: outer.map((axis) => axis.from), offset: 0 },
    { shape, strides: outer.map((axis) => axis.to), offset: 0 },
  ];
  forEachRow(layouts, (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      const from = copy.from + 4 * (starts[0]! + i * steps[0]!);
      const to = copy.to + 4 * (starts[1]! + i * steps[1]!);
      copyMatrix(kernels, { from, to, rows, columns });
    }
  });
}

interface Axis {
  readonly size: number;
  /** Elements from one index to the next in the source. */
  readonly from: number;
  /** The same in the target. */
  readonly to: number;
}

const single: Axis = { size: 1, from: 0, to: 0 };

/**
 * The axes in the order of the target's memory, joined where possible, at least two. Rows, the last
 * but one, are those along which the source has no gaps, or else the longest of those that remain.
 */
function axesOf({ shape, fromSteps, toSteps }: StridedCopy): Axis[] {
  const order = [...shape.keys()].sort((a, b) => Math.abs(toSteps[b]!) - Math.abs(toSteps[a]!));
  const inOrder = (values: readonly number[]): number[] => order.map((axis) => values[axis]!);
  const joined = collapseAxes(inOrder(shape), [inOrder(fromSteps), inOrder(toSteps)]);
  const [from, to] = joined.strides;
  const outer = joined.shape.map((size, i) => ({ size, from: from![i]!, to: to![i]! }));
  const columns = outer.pop() ?? single;
  const longest = outer.reduce((best, axis) => (axis.size > best.size ? axis : best), single);
  const gapless = columns.from === 1 ? undefined : outer.find((axis) => axis.from === 1);
  const rows = gapless ?? longest;
  return [...outer.filter((axis) => axis !== rows), rows, columns];
}

interface Matrix {
  readonly from: number;
  readonly to: number;
  readonly rows: Axis;
  readonly columns: Axis;
}

function copyMatrix(kernels: KernelSource, matrix: Matrix): void {
  const { rows, columns } = matrix;
  if (columns.from === 1 && columns.to === 1) {
    run(copyKernel(kernels, 'rows', copyRowsKernel), matrix);
  } else if (rows.from === 1 && columns.to === 1) {
    transpose(kernels, matrix);
  } else {
    run(copyKernel(kernels, 'elements', copyElementsKernel), matrix);
  }
}

/** Whole blocks of four by four, then the columns that remain on the right, and the rows below. */
function transpose(kernels: KernelSource, { from, to, rows, columns }: Matrix): void {
  const [height, width] = [rows.size & ~3, columns.size & ~3];
  const part = (
    firstRow: number,
    firstColumn: number,
    size: { rows: number; columns: number },
  ) => ({
    from: from + 4 * (firstRow * rows.from + firstColumn * columns.from),
    to: to + 4 * (firstRow * rows.to + firstColumn * columns.to),
    rows: { ...rows, size: size.rows },
    columns: { ...columns, size: size.columns },
  });
  const oneByOne = copyKernel(kernels, 'elements', copyElementsKernel);
  const blocks = part(0, 0, { rows: height, columns: width });
  run(copyKernel(kernels, 'transposed', transposeKernel), blocks);
  run(oneByOne, part(0, width, { rows: height, columns: columns.size - width }));
  run(oneByOne, part(height, 0, { rows: rows.size - height, columns: columns.size }));
}

function copyKernel(kernels: KernelSource, name: string, define: () => WasmFunction): Kernel {
  return kernels.get(`copy ${name}`, () => [define()]).copy!;
}

function run(kernel: Kernel, { from, to, rows, columns }: Matrix): void {
  if (rows.size === 0 || columns.size === 0) return;
  const steps = [rows.from, columns.from, rows.to, columns.to].map((step) => 4 * step);
  kernel(from, to, rows.size, columns.size, ...steps);
}
