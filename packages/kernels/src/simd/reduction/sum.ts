import {
  collapseAxes,
  forEachRow,
  rowMajor,
  rowMajorStrides,
  type Layout,
  type View,
} from '@gradus/tensor';
import type { KernelContext } from '../context';
import { copyStrided } from '../copy/stridedCopy';
import { mostColumns, sumColumnsKernel } from './sumColumnsKernel';
import { sumRowsKernel } from './sumRowsKernel';

/** An axis of numbers in the engine's memory. */
interface Axis {
  readonly size: number;
  /** Elements from one index to the next. */
  readonly step: number;
  /** Whether numbers along it are to be added up. */
  readonly summed: boolean;
}

/**
 * See `Backend.reduce`. Adds up along one axis after the other; axes that can be joined count as one,
 * so there rarely are more than two. Blocks are added up in single, all else in double precision: see
 * `blockLength` for the error.
 */
export function sum(
  context: KernelContext,
  x: View,
  summedAxes: readonly number[],
  out: View,
): void {
  const { kernels, work } = context;
  const to = work.output(out);
  const summed = x.shape.map((_, axis) => summedAxes.includes(axis));
  let axes = arranged(x, summed);
  let from: number;
  if (axes.every((axis) => !axis.summed)) {
    const { shape, strides } = x;
    const toSteps = rowMajorStrides(shape);
    copyStrided(kernels, { from: work.locate(x), to, shape, fromSteps: strides, toSteps });
    return;
  }
  if (axes.at(-1)!.step === 1) from = work.locate(x);
  else {
    from = work.rowMajor(x);
    axes = arranged(rowMajor(x.shape), summed);
  }
  for (;;) {
    const others = withoutOneSummed(axes);
    const isLast = others.every((axis) => !axis.summed);
    const size = others.reduce((product, axis) => product * axis.size, 1);
    const result = isLast ? to : work.scratch(4 * size);
    addAlongOne(context, axes, { from, to: result });
    if (isLast) return;
    from = result;
    axes = arranged(
      rowMajor(others.map((axis) => axis.size)),
      others.map((axis) => axis.summed),
    );
  }
}

/**
 * The axes, joined where possible, in an order in which the kernels can work: the order of axes that
 * are summed is free. The last one, if its elements have no gaps, becomes the last axis of all, the
 * others go to the front.
 */
function arranged({ shape, strides }: Layout, summed: readonly boolean[]): Axis[] {
  // The steps of the result: 0 along summed axes, so that these are not joined with others.
  const kept = rowMajorStrides(shape.map((size, axis) => (summed[axis] ? 1 : size)));
  const marks = kept.map((step, axis) => (summed[axis] ? 0 : step));
  const { shape: sizes, strides: steps } = collapseAxes(shape, [strides, marks]);
  const axes = sizes.map((size, i) => ({ size, step: steps[0]![i]!, summed: steps[1]![i] === 0 }));
  const place = (axis: Axis): number => (!axis.summed ? 1 : axis.step === 1 ? 2 : 0);
  return axes.sort((a, b) => place(a) - place(b));
}

/** The axis that is summed next: the last, or else the innermost of those that are to be summed. */
function nextSummed(axes: readonly Axis[]): number {
  return axes.findLastIndex((axis) => axis.summed);
}

function withoutOneSummed(axes: readonly Axis[]): Axis[] {
  const next = nextSummed(axes);
  return axes.filter((_, i) => i !== next);
}

/** Sums along one axis; the result is row-major. */
function addAlongOne(
  context: KernelContext,
  axes: readonly Axis[],
  addresses: { readonly from: number; readonly to: number },
): void {
  const next = nextSummed(axes);
  const { size, step } = axes[next]!;
  const others = withoutOneSummed(axes);
  const resultSteps = rowMajorStrides(others.map((axis) => axis.size));
  const alongRows = next === axes.length - 1;
  const outer = alongRows ? others : others.slice(0, -1);
  const shape = outer.map((axis) => axis.size);
  const layouts: Layout[] = [
    { shape, strides: outer.map((axis) => axis.step), offset: 0 },
    { shape, strides: resultSteps.slice(0, outer.length), offset: 0 },
  ];
  forEachRow(layouts, (starts, { length, steps }) => {
    const from = addresses.from + 4 * starts[0]!;
    const to = addresses.to + 4 * starts[1]!;
    if (alongRows) {
      const { sumRows } = context.kernels.get('sumRows', () => [sumRowsKernel()]);
      sumRows!(from, to, length, 4 * steps[0]!, size);
      return;
    }
    const columns = axes.at(-1)!.size;
    for (let first = 0; first < columns; first += mostColumns) {
      const count = Math.min(mostColumns, columns - first);
      const { sumColumns } = context.kernels.get(`sumColumns ${count}`, () => [
        sumColumnsKernel(count),
      ]);
      const [outerStep, toStep] = steps.map((s) => 4 * s);
      sumColumns!(from + 4 * first, to + 4 * first, length, outerStep!, toStep!, size, 4 * step);
    }
  });
}
