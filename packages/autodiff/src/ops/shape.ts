import {
  formatShape,
  normalizeAxes,
  OptionError,
  reshapeLayout,
  rowMajor,
  sameShape,
  scalar,
  ShapeError,
  sizeOf,
  sliceLayout,
  broadcastLayout,
  transposeLayout,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import type { Backend } from '@gradus/kernels';
import { defineOp } from '../op';

/**
 * The same elements, row by row, in another shape; one size may be -1 and is then computed. No copy
 * where the strides allow it.
 */
export const reshape = defineOp({
  name: 'reshape',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, shape: Shape) => resolvedShape(x, shape),
  view: ({ x }, shape) => reshapeLayout(x, resolvedShape(x.shape, shape)),
  compute: (backend, { x }, _, out) => backend.copy(x, windowOn(out, rowMajor(x.shape))),
  gradient: (dy, { inputs: { x } }) => ({ x: (): Tensor => reshape(dy, x.shape) }),
  samples: [
    { inputs: { x: 'mn' }, attributes: [-1] },
    { inputs: { x: 'mn' }, attributes: [3, 2, 2], sizes: { m: 4, n: 3 } },
  ],
});

/** Axis i of the result is axis `permutation[i]` of x; by default all axes are reversed. No copy. */
export const transpose = defineOp({
  name: 'transpose',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, permutation: Shape | undefined) =>
    resolvedPermutation(x.length, permutation).map((axis) => x[axis]!),
  view: ({ x }, permutation) => transposeLayout(x, resolvedPermutation(x.rank, permutation)),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => {
      const permutation = resolvedPermutation(x.rank, attributes);
      return transpose(
        dy,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      );
    },
  }),
  samples: [
    { inputs: { x: 'mnk' } },
    { inputs: { x: 'mnk' }, attributes: [1, 2, 0] },
    { inputs: { x: 'mnk' }, attributes: [0, -1, 1] },
  ],
});

/** A box of a tensor: one entry for each axis. */
export interface Slice {
  /** The first element taken; negative counts from the end. */
  readonly begin: Shape;
  /** How many elements are taken. */
  readonly size: Shape;
  /** The distance between them; may be negative, not 0. Default 1. */
  readonly step?: Shape;
}

/** The elements at begin, begin + step, ... along each axis; no copy. */
export const slice = defineOp({
  name: 'slice',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, box: Slice) => resolvedSlice('slice', x, box).size,
  view: ({ x }, box) => sliceLayout(x, resolvedSlice('slice', x.shape, box)),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => embed(dy, { ...attributes, shape: x.shape }),
  }),
  samples: [
    { inputs: { x: 'mn' }, attributes: { begin: [1, 0], size: [2, 1] }, sizes: { m: 3 } },
    {
      inputs: { x: 'mn' },
      attributes: { begin: [-1, 0], size: [2, 3], step: [-2, 2] },
      sizes: { m: 4, n: 5 },
    },
  ],
});

/** x placed in a tensor of zeros of the given shape, at the box: the adjoint of `slice`. */
export const embed = defineOp({
  name: 'embed',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, { shape, ...box }: Slice & { readonly shape: Shape }) => {
    const { size } = resolvedSlice('embed', shape, box);
    if (sameShape(size, x)) return shape;
    throw new ShapeError({
      op: 'embed',
      expected: `x of the box's size ${formatShape(size)}`,
      received: formatShape(x),
    });
  },
  compute: (backend, { x }, { shape, ...box }, out) => {
    fillZeros(backend, out);
    const part = sliceLayout(out, resolvedSlice('embed', shape, box));
    backend.copy(x, windowOn(out, part));
  },
  gradient: (dy, { attributes }) => ({ x: (): Tensor => slice(dy, attributes) }),
  samples: [
    {
      inputs: { x: 'mn' },
      attributes: { shape: [4, 5], begin: [1, 0], size: [2, 3] },
      sizes: { m: 2, n: 3 },
    },
    {
      inputs: { x: 'mn' },
      attributes: { shape: [4, 5], begin: [3, 0], size: [2, 3], step: [-2, 2] },
      sizes: { m: 2, n: 3 },
    },
  ],
});

/**
 * x with zeros around it.
 * @param amounts `[before, after]` for each axis of x, whole numbers of at least 0.
 * @throws ShapeError if there is not one pair for each axis.
 */
export function pad(x: Tensor, amounts: readonly (readonly [number, number])[]): Tensor {
  if (amounts.length !== x.rank) {
    throw new ShapeError({
      op: 'pad',
      expected: `${x.rank} pairs [before, after], one for each axis of ${formatShape(x.shape)}`,
      received: `${amounts.length}`,
    });
  }
  if (amounts.flat().some((n) => !Number.isInteger(n) || n < 0)) {
    throw new OptionError({
      op: 'pad',
      expected: 'whole numbers of at least 0',
      received: JSON.stringify(amounts),
    });
  }
  return embed(x, {
    shape: x.shape.map((size, axis) => size + amounts[axis]![0] + amounts[axis]![1]),
    begin: amounts.map(([before]) => before),
    size: x.shape,
  });
}

function fillZeros(backend: Backend, out: Tensor): void {
  const zero = scalar(0, out.dtype);
  backend.copy(windowOn(zero, broadcastLayout(zero, out.shape)), out);
}

function resolvedShape(from: Shape, to: Shape): Shape {
  const known = sizeOf(to.filter((size) => size !== -1));
  const free = to.filter((size) => size === -1).length;
  const shape = to.map((size) => (size === -1 ? sizeOf(from) / known : size));
  const whole = shape.every((size) => Number.isInteger(size) && size >= 0);
  if (free <= 1 && whole && sizeOf(shape) === sizeOf(from)) return shape;
  throw new ShapeError({
    op: 'reshape',
    expected: `a shape of ${sizeOf(from)} elements, as x ${formatShape(from)} has`,
    received: formatShape(to),
    hint:
      free > 1
        ? 'Only one size can be -1.'
        : `${formatShape(to)} has ${free ? 'a multiple of ' : ''}${known}.`,
  });
}

function resolvedPermutation(rank: number, permutation: Shape | undefined): number[] {
  if (permutation === undefined) return Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (permutation.length !== rank) {
    throw new ShapeError({
      op: 'transpose',
      expected: `a permutation of ${rank} axes`,
      received: formatShape(permutation),
    });
  }
  normalizeAxes('transpose', permutation, rank);
  return permutation.map((axis) => (axis < 0 ? axis + rank : axis));
}

function resolvedSlice(op: string, shape: Shape, { begin, size, step }: Slice): Required<Slice> {
  const steps = step ?? shape.map(() => 1);
  const starts = begin.map((at, axis) => (at < 0 ? at + (shape[axis] ?? 0) : at));
  const inside = (axis: number): boolean => {
    const [first, count, by] = [starts[axis]!, size[axis]!, steps[axis]!];
    const last = first + (count - 1) * by;
    const within = (at: number): boolean => at >= 0 && at < shape[axis]!;
    const whole = [first, count, by].every((n) => Number.isInteger(n));
    return whole && by !== 0 && (count === 0 || (count > 0 && within(first) && within(last)));
  };
  const complete = [begin, size, steps].every((list) => list.length === shape.length);
  if (complete && shape.every((_, axis) => inside(axis))) {
    return { begin: starts, size, step: steps };
  }
  const axis = complete ? shape.findIndex((_, i) => !inside(i)) : -1;
  throw new ShapeError({
    op,
    expected: `begin, size and step within ${formatShape(shape)}`,
    received: `begin ${formatShape(begin)}, size ${formatShape(size)}, step ${formatShape(steps)}`,
    hint:
      axis < 0
        ? `Each needs ${shape.length} numbers.`
        : `Along axis ${axis} this leaves the ${shape[axis]} elements there are.`,
  });
}
