import {
  collapseAxes,
  isRowMajor,
  rowMajor,
  sameShape,
  sizeOf,
  type Layout,
  type View,
} from '@gradus/tensor';
import type { BinaryKernel, UnaryKernel } from '../../backend';
import { broadcastView } from '../../broadcastView';
import type { KernelContext } from '../context';
import type { Kernel, KernelSource } from '../kernelCache';
import type { Workspace } from '../memory/workspace';
import { binaryFormulas, longFormulas, unaryFormulas } from './formulas';
import { forEachMatrix } from './matrices';
import { rowsKernel, type Stepping } from './rowsKernel';

/** See `Backend.map`. */
export function map(
  { kernels, work }: KernelContext,
  kernel: UnaryKernel,
  x: View,
  out: View,
): void {
  const { run } = kernels.get(`map ${kernel}`, () => [
    rowsKernel({
      name: 'run',
      operands: ['along'],
      formula: unaryFormulas[kernel]!,
      unroll: longFormulas.has(kernel) ? 1 : 4,
    }),
  ]);
  const from = work.rowMajor(x);
  run!(from, 0, work.output(out), 1, sizeOf(out.shape), 0, 0);
}

/** See `Backend.zip`. */
export function zip(
  { kernels, work }: KernelContext,
  kernel: BinaryKernel,
  [a, b]: readonly [a: View, b: View],
  out: View,
): void {
  const to = work.output(out);
  const whole = [a, b].map((view) => wholeStepping(view, out));
  if (whole[0] !== undefined && whole[1] !== undefined) {
    const run = zipKernel(kernels, kernel, whole[0], whole[1]);
    return run(work.locate(a), work.locate(b), to, 1, sizeOf(out.shape), 0, 0);
  }
  const operands = [a, b].map((view) => locateRows(work, broadcastView(view, out.shape)));
  forEachMatrix([...operands, rowMajor(out.shape)], (starts, matrices) => {
    const { rows, columns, rowSteps, columnSteps } = matrices;
    const [first, second] = columnSteps.map(steppingOf);
    const run = zipKernel(kernels, kernel, first!, second!);
    const [atA, atB] = operands.map(({ address }, i) => address + 4 * starts[i]!);
    const [stepA, stepB] = rowSteps.map((step) => 4 * step);
    run(atA!, atB!, to + 4 * starts[2]!, rows, columns, stepA!, stepB!);
  });
}

function zipKernel(
  kernels: KernelSource,
  kernel: BinaryKernel,
  first: Stepping,
  second: Stepping,
): Kernel {
  const { run } = kernels.get(`zip ${kernel} ${first} ${second}`, () => [
    rowsKernel({
      name: 'run',
      operands: [first, second],
      formula: binaryFormulas[kernel]!,
      unroll: 4,
    }),
  ]);
  return run!;
}

/** How to go along an operand that is one number, or without gaps and shaped like the result. */
function wholeStepping(view: View, out: View): Stepping | undefined {
  if (sizeOf(view.shape) === 1) return 'still';
  return sameShape(view.shape, out.shape) && isRowMajor(view) ? 'along' : undefined;
}

/** Where a view lies; positions count from its first element. */
interface Located extends Layout {
  readonly address: number;
}

/** The view itself if its innermost rows are without gaps, or one number each; otherwise a copy. */
function locateRows(work: Workspace, view: View): Located {
  const { shape, strides } = view;
  const steps = collapseAxes(shape, [strides]).strides[0]!;
  const inner = steps.at(-1) ?? 0;
  if (inner === 0 || inner === 1) return { address: work.locate(view), shape, strides, offset: 0 };
  return { address: work.rowMajor(view), ...rowMajor(shape) };
}

function steppingOf(step: number): Stepping {
  return step === 0 ? 'still' : 'along';
}
