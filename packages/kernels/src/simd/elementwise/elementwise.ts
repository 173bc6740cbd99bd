import { collapseAxes, rowMajor, sizeOf, type Layout, type View } from '@gradus/tensor';
import type { BinaryKernel, UnaryKernel } from '../../backend';
import { broadcastView } from '../../broadcastView';
import type { KernelContext } from '../context';
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
      formula: unaryFormulas[kernel],
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
  const operands = [a, b].map((view) => locateRows(work, broadcastView(view, out.shape)));
  const to = work.output(out);
  forEachMatrix([...operands, rowMajor(out.shape)], (starts, matrices) => {
    const { rows, columns, rowSteps, columnSteps } = matrices;
    const steppings = columnSteps.slice(0, 2).map(steppingOf);
    const { run } = kernels.get(`zip ${kernel} ${steppings.join(' ')}`, () => [
      rowsKernel({ name: 'run', operands: steppings, formula: binaryFormulas[kernel], unroll: 4 }),
    ]);
    const [atA, atB] = operands.map(({ address }, i) => address + 4 * starts[i]!);
    const [stepA, stepB] = rowSteps.map((step) => 4 * step);
    run!(atA!, atB!, to + 4 * starts[2]!, rows, columns, stepA!, stepB!);
  });
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
