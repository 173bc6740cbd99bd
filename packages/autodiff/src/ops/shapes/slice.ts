import {
  checkShape,
  formatShape,
  sameShape,
  ShapeError,
  sliceLayout,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { fillZeros } from './fillZeros';
import { roomFor } from '../checks/roomFor';

/** A box of a tensor: one entry for each axis. */
export interface SliceOptions {
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
  shape: ({ x }, box: SliceOptions) => resolvedSlice('slice', x, box).size,
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
  shape: ({ x }, { shape, ...box }: SliceOptions & { readonly shape: Shape }) => {
    checkShape('embed', shape);
    roomFor('embed', shape);
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

function resolvedSlice(
  op: string,
  shape: Shape,
  { begin, size, step = shape.map(() => 1) }: SliceOptions,
): Required<SliceOptions> {
  const starts = begin.map((at, axis) => (at < 0 ? at + (shape[axis] ?? 0) : at));
  const complete = [begin, size, step].every((list) => list.length === shape.length);
  const faults = shape.map((length, axis) =>
    faultAlong(length, { first: starts[axis]!, count: size[axis]!, by: step[axis]! }),
  );
  const axis = faults.findIndex((fault) => fault !== undefined);
  if (complete && axis < 0) return { begin: starts, size, step };
  throw new ShapeError({
    op,
    expected: `begin, size and step within ${formatShape(shape)}`,
    received: `begin ${formatShape(begin)}, size ${formatShape(size)}, step ${formatShape(step)}`,
    hint: complete ? `Along axis ${axis} ${faults[axis]}.` : `Each needs ${shape.length} numbers.`,
  });
}

/** What is wrong with a box along an axis of `length` elements, if anything is. */
function faultAlong(
  length: number,
  { first, count, by }: { readonly first: number; readonly count: number; readonly by: number },
): string | undefined {
  if (![first, count, by].every(Number.isInteger)) return 'a number is not whole';
  if (count < 0) return 'the size is negative';
  if (by === 0) return 'the step is 0';
  const within = (at: number): boolean => at >= 0 && at < length;
  if (count === 0 || (within(first) && within(first + (count - 1) * by))) return undefined;
  return `this leaves the ${length} elements there are`;
}
