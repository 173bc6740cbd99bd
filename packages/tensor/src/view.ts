import type { DType, TypedArrayOf } from './dtype';
import { ShapeError } from './errors';
import { formatShape, rowMajorStrides, sizeOf, type Shape } from './shape';

/** How a tensor's elements lie in flat storage: element `[i, j, ...]` is at `offset + i*strides[0] + ...`. */
export interface Layout {
  readonly shape: Shape;
  /** In elements; 0 repeats an axis, a negative stride walks it backwards. */
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A strided window on flat storage: all that a kernel needs to know. */
export interface View<D extends DType = DType> extends Layout {
  readonly dtype: D;
  readonly data: TypedArrayOf<D>;
}

/** Another window on the storage of `view`. Its data are read anew each time: storage may move. */
export function windowOn<D extends DType>(view: View<D>, layout: Layout): View<D> {
  return new Window(view, layout);
}

class Window<D extends DType> implements View<D> {
  readonly dtype: D;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;

  constructor(
    private readonly view: View<D>,
    { shape, strides, offset }: Layout,
  ) {
    this.dtype = view.dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  get data(): TypedArrayOf<D> {
    return this.view.data;
  }
}

/** The layout of `shape` stored row by row from the start. */
export function rowMajor(shape: Shape): Layout {
  return { shape, strides: rowMajorStrides(shape), offset: 0 };
}

/** Whether the elements lie row by row without gaps. The stride of an axis of size 1 is never used. */
export function isRowMajor({ shape, strides }: Layout): boolean {
  if (sizeOf(shape) === 0) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis]!;
  }
  return true;
}

/**
 * Repeats axes of size 1, and adds leading ones, to reach `shape`; stride 0, no copy.
 * @throws ShapeError if an axis is neither 1 nor as large as wanted.
 */
export function broadcastLayout(layout: Layout, shape: Shape): Layout {
  const lead = shape.length - layout.shape.length;
  if (lead < 0) {
    const hint = `It has ${layout.shape.length} axes, which is more than ${shape.length}.`;
    throw cannotBroadcast(layout.shape, shape, hint);
  }
  const strides = shape.map((size, axis) => {
    const own = layout.shape[axis - lead];
    if (axis < lead || (own === 1 && size !== 1)) return 0;
    if (own === size) return layout.strides[axis - lead]!;
    const hint = `Axis ${axis - shape.length} is ${own}; it must be ${size} or 1.`;
    throw cannotBroadcast(layout.shape, shape, hint);
  });
  return { shape, strides, offset: layout.offset };
}

function cannotBroadcast(from: Shape, to: Shape, hint: string): ShapeError {
  return new ShapeError({
    op: 'broadcast',
    expected: `a shape that can be repeated to ${formatShape(to)}`,
    received: formatShape(from),
    hint,
  });
}

/** Axis `i` of the result is axis `permutation[i]` of the argument; no copy. */
export function transposeLayout(layout: Layout, permutation: readonly number[]): Layout {
  return {
    shape: permutation.map((axis) => layout.shape[axis]!),
    strides: permutation.map((axis) => layout.strides[axis]!),
    offset: layout.offset,
  };
}

/** Where a part of a tensor starts, how many elements it takes and how far apart, for each axis. */
export interface Slice {
  readonly begin: readonly number[];
  readonly size: Shape;
  /** Negative to walk backwards. */
  readonly step: readonly number[];
}

/** The part of a tensor that a slice describes; no copy. The slice is trusted to lie inside. */
export function sliceLayout(layout: Layout, { begin, size, step }: Slice): Layout {
  return {
    shape: size,
    strides: layout.strides.map((stride, axis) => stride * step[axis]!),
    // An empty slice may begin past the end, where an offset would mean nothing.
    offset: sizeOf(size) === 0 ? 0 : positionOf(layout, begin),
  };
}

/** Where the element at `index` lies in the storage. */
export function positionOf({ strides, offset }: Layout, index: readonly number[]): number {
  return strides.reduce((position, stride, axis) => position + stride * index[axis]!, offset);
}

/**
 * The same elements in another shape without a copy, or `undefined` where the strides do not allow
 * it. Works axis group by axis group: a run of old axes can be re-divided only if it steps evenly.
 */
export function reshapeLayout(layout: Layout, shape: Shape): Layout | undefined {
  if (isRowMajor(layout)) {
    return { shape, strides: rowMajorStrides(shape), offset: layout.offset };
  }
  const { shape: runs, strides: steps } = collapseAxes(layout.shape, [layout.strides]);
  const strides = new Array<number>(shape.length);
  let axis = shape.length - 1;
  for (let run = runs.length - 1; run >= 0; run--) {
    let covered = 1;
    for (; axis >= 0 && covered * shape[axis]! <= runs[run]!; axis--) {
      strides[axis] = steps[0]![run]! * covered;
      covered *= shape[axis]!;
    }
    if (covered !== runs[run]) return undefined;
  }
  return { shape, strides, offset: layout.offset };
}

/**
 * Merges neighbouring axes that every one of several views of one shape steps through evenly, and
 * drops axes of size 1. Loops over what remains touch the same elements in the same order, in
 * fewer and longer rows; contiguous views become one row.
 */
export function collapseAxes(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const sizes: number[] = [];
  const steps = strides.map((): number[] => []);
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const last = sizes.length - 1;
    const even = last >= 0 && strides.every((s, v) => steps[v]![last] === s[axis]! * size);
    if (even) sizes[last]! *= size;
    else sizes.push(size);
    strides.forEach((s, v) => (steps[v]![even ? last : last + 1] = s[axis]!));
  });
  return { shape: sizes, strides: steps };
}
