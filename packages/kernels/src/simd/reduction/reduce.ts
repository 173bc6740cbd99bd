import {
  collapseAxes,
  forEachRow,
  rowMajor,
  rowMajorStrides,
  type Layout,
  type View,
} from '@gradus/tensor';
import type { ReduceKernel } from '../../backend';
import type { KernelContext } from '../context';
import { copyStrided } from '../copy/stridedCopy';
import type { WasmFunction } from '../wasm';
import { extremumColumnsKernel, extremumRowsKernel } from './extremumKernels';
import { mostColumns, sumColumnsKernel } from './sumColumnsKernel';
import { sumRowsKernel } from './sumRowsKernel';

/** The kernels of a function: over rows, and over so many columns; called as those of sums are. */
interface Reduction {
  readonly rows: () => WasmFunction;
  readonly columns: (columns: number) => WasmFunction;
}

const reductions: { readonly [K in ReduceKernel]: Reduction } = {
  sum: { rows: sumRowsKernel, columns: sumColumnsKernel },
  max: extremum('max'),
  min: extremum('min'),
};

function extremum(kernel: 'max' | 'min'): Reduction {
  return {
    rows: () => extremumRowsKernel(kernel),
    columns: (columns) => extremumColumnsKernel(kernel, columns),
  };
}

/** An axis of numbers in the engine's memory. */
interface Axis {
  readonly size: number;
  /** Elements from one index to the next. */
  readonly step: number;
  /** Whether numbers along it are to be combined. */
  readonly reduced: boolean;
}

/** What to combine, how, and along which axes. */
interface Reduced {
  readonly kernel: ReduceKernel;
  readonly x: View;
  readonly axes: readonly number[];
}

/**
 * See `Backend.reduce`. Combines along one axis after the other; axes that can be joined count as one,
 * so there rarely are more than two. Sums of blocks are computed in single, all else in double
 * precision: see `blockLength` for the error.
 */
export function reduce(
  context: KernelContext,
  { kernel, x, axes: reducedAxes }: Reduced,
  out: View,
): void {
  const { kernels, work } = context;
  const to = work.output(out);
  const reduced = x.shape.map((_, axis) => reducedAxes.includes(axis));
  let axes = arranged(x, reduced);
  let from: number;
  if (axes.every((axis) => !axis.reduced)) {
    const { shape, strides } = x;
    const toSteps = rowMajorStrides(shape);
    copyStrided(kernels, { from: work.locate(x), to, shape, fromSteps: strides, toSteps });
    return;
  }
  if (axes.at(-1)!.step === 1) from = work.locate(x);
  else {
    from = work.rowMajor(x);
    axes = arranged(rowMajor(x.shape), reduced);
  }
  for (;;) {
    const others = withoutOneReduced(axes);
    const isLast = others.every((axis) => !axis.reduced);
    const size = others.reduce((product, axis) => product * axis.size, 1);
    const result = isLast ? to : work.scratch(4 * size);
    reduceAlongOne(context, kernel, axes, { from, to: result });
    if (isLast) return;
    from = result;
    axes = arranged(
      rowMajor(others.map((axis) => axis.size)),
      others.map((axis) => axis.reduced),
    );
  }
}

/**
 * The axes, joined where possible, in an order in which the kernels can work: the order of axes that
 * are reduced is free. The last one, if its elements have no gaps, becomes the last axis of all, the
 * others go to the front.
 */
function arranged({ shape, strides }: Layout, reduced: readonly boolean[]): Axis[] {
  // The steps of the result: 0 along reduced axes, so that these are not joined with others.
  const kept = rowMajorStrides(shape.map((size, axis) => (reduced[axis] ? 1 : size)));
  const marks = kept.map((step, axis) => (reduced[axis] ? 0 : step));
  const { shape: sizes, strides: steps } = collapseAxes(shape, [strides, marks]);
  const axes = sizes.map((size, i) => ({ size, step: steps[0]![i]!, reduced: steps[1]![i] === 0 }));
  const place = (axis: Axis): number => (!axis.reduced ? 1 : axis.step === 1 ? 2 : 0);
  return axes.sort((a, b) => place(a) - place(b));
}

/** The axis to reduce next: the last, or else the innermost of those to be reduced. */
function nextReduced(axes: readonly Axis[]): number {
  return axes.findLastIndex((axis) => axis.reduced);
}

function withoutOneReduced(axes: readonly Axis[]): Axis[] {
  const next = nextReduced(axes);
  return axes.filter((_, i) => i !== next);
}

/** Reduces along one axis; the result is row-major. */
function reduceAlongOne(
  context: KernelContext,
  kernel: ReduceKernel,
  axes: readonly Axis[],
  addresses: { readonly from: number; readonly to: number },
): void {
  const next = nextReduced(axes);
  const { size, step } = axes[next]!;
  const others = withoutOneReduced(axes);
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
      const { run } = context.kernels.get(`${kernel} rows`, () => [reductions[kernel].rows()]);
      run!(from, to, length, 4 * steps[0]!, size);
      return;
    }
    const columns = axes.at(-1)!.size;
    for (let first = 0; first < columns; first += mostColumns) {
      const count = Math.min(mostColumns, columns - first);
      const { run } = context.kernels.get(`${kernel} columns ${count}`, () => [
        reductions[kernel].columns(count),
      ]);
      const [outerStep, toStep] = steps.map((s) => 4 * s);
      run!(from + 4 * first, to + 4 * first, length, outerStep!, toStep!, size, 4 * step);
    }
  });
}
