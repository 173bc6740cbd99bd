import {
  formatShape,
  normalizeAxes,
  reshapeLayout,
  rowMajor,
  ShapeError,
  sizeOf,
  transposeLayout,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';

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
    hint: reshapeHint(to, known, free),
  });
}

function reshapeHint(to: Shape, known: number, free: number): string {
  const odd = to.findIndex((size) => size !== -1 && !(Number.isInteger(size) && size >= 0));
  if (odd >= 0) return `Axis ${odd} is ${to[odd]}; sizes are whole numbers, and one may be -1.`;
  if (free > 1) return 'Only one size can be -1.';
  if (free === 1 && known === 0) return 'Any size would do in place of -1; name one.';
  return `${formatShape(to)} has ${free === 1 ? 'a multiple of ' : ''}${known}.`;
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
