import type { Backend, ReduceKernel } from '@gradus/kernels';
import {
  broadcastLayout,
  checkShape,
  formatShape,
  rowMajor,
  ShapeError,
  sizeOf,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import { composeOp } from '../../composeOp';
import type { Op, OpSample } from '../../opDefinition';
import { div, mul } from '../elementwise/arithmetic';
import { equal } from '../elementwise/comparison';
import { cast } from '../elementwise/conversion';
import { reducedAxes, reducedShape, type ReduceOptions } from './reducedShape';
import { reshape } from '../shapes/shape';

export type { ReduceOptions };

/** Where the tests try reductions. */
export const alongAnyAxes: readonly OpSample<'x', ReduceOptions | undefined>[] = [
  { inputs: { x: 'mnk' } },
  { inputs: { x: 'mnk' }, attributes: { axis: 1 } },
  { inputs: { x: 'mnk' }, attributes: { axis: [-1, 0], keepDims: true } },
];

/**
 * The sum along `axis`. A sum over nothing is 0. Whole numbers wrap around when out of range: cast
 * uint8 before summing it.
 */
export const sum = defineOp({
  name: 'sum',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, options: ReduceOptions | undefined) => reducedShape('sum', x, options),
  compute: (backend, { x }, options, out) => reduce(backend, 'sum', { x, out }, options),
  gradient: (dy, { inputs: { x }, attributes }) => ({
    x: (): Tensor => {
      const kept = reducedShape('sum', x.shape, { ...attributes, keepDims: true });
      return broadcastTo(reshape(dy, kept), x.shape);
    },
  }),
  samples: [...alongAnyAxes, { inputs: { x: '' } }],
});

/**
 * The largest or smallest number along `axis`. The gradient is shared evenly among numbers that are
 * equally far, as TensorFlow, JAX and PyTorch's amax do: it then does not depend on their order.
 */
function extremum(name: 'max' | 'min'): Op<readonly ['x'], ReduceOptions | undefined> {
  return defineOp({
    name,
    inputs: ['x'] as const,
    dtype: 'same',
    shape: ({ x }: Readonly<Record<'x', Shape>>, options: ReduceOptions | undefined) =>
      reducedShape(name, x, options),
    compute: (backend, { x }, options, out) => reduce(backend, name, { x, out }, options),
    gradient: (dy, { inputs: { x }, output, attributes }) => ({
      x: (): Tensor => {
        const kept = reducedShape(name, x.shape, { ...attributes, keepDims: true });
        const isFurthest = cast(equal(x, reshape(output, kept)), x.dtype);
        const count = sum(isFurthest, { axis: attributes?.axis, keepDims: true });
        return mul(isFurthest, div(reshape(dy, kept), count));
      },
    }),
    samples: [
      ...alongAnyAxes.map((sample) => ({ ...sample, distinct: true })),
      { inputs: { x: '' } },
    ],
  });
}

/** The largest number along `axis`; -Infinity over nothing, NaN where one is. */
export const max = extremum('max');

/** The smallest number along `axis`; Infinity over nothing, NaN where one is. */
export const min = extremum('min');

/** x repeated along axes of size 1, and along new leading axes, to `shape`; no copy. */
export const broadcastTo = defineOp({
  name: 'broadcastTo',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, shape: Shape) => {
    checkShape('broadcastTo', shape);
    return repeatedShape(x, shape);
  },
  view: ({ x }, shape) => broadcastLayout(x, shape),
  // The result is larger than x; the walk over the tape sums what was repeated.
  gradient: (dy) => ({ x: (): Tensor => dy }),
  samples: [
    { inputs: { x: '1n' }, attributes: [4, 3], sizes: { n: 3 } },
    { inputs: { x: '' }, attributes: [2, 2] },
  ],
});

/** The mean along `axis`, of floating-point numbers. A mean over nothing is not a number. */
export const mean = composeOp({
  name: 'mean',
  inputs: ['x'],
  compute({ x }, options: ReduceOptions | undefined) {
    const axes = reducedAxes('mean', options, x.rank);
    return div(sum(x, options), sizeOf(axes.map((axis) => x.shape[axis]!)));
  },
  samples: alongAnyAxes,
});

/** Kernels leave reduced axes out; those that stay have size 1 and change nothing in memory. */
function reduce(
  backend: Backend,
  name: ReduceKernel,
  { x, out }: { readonly x: Tensor; readonly out: Tensor },
  options: ReduceOptions | undefined,
): void {
  const axes = reducedAxes(name, options, x.rank);
  const left = x.shape.filter((_, axis) => !axes.includes(axis));
  backend.reduce(name, x, axes, windowOn(out, rowMajor(left)));
}

function repeatedShape(from: Shape, to: Shape): Shape {
  const lead = to.length - from.length;
  const odd = from.findIndex((size, axis) => size !== 1 && size !== to[axis + lead]);
  if (lead >= 0 && odd < 0) return to;
  throw new ShapeError({
    op: 'broadcastTo',
    expected: `a shape that x ${formatShape(from)} can be repeated to`,
    received: formatShape(to),
    hint:
      lead < 0
        ? `It has fewer axes than x, ${to.length} and ${from.length}.`
        : `Axis ${odd - from.length} is ${from[odd]} in x; only axes of size 1 are repeated.`,
  });
}
