import { formatShape, sameShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { defineOp } from '../../op';
import type { TensorLike } from '../../opDefinition';
import { axisOf } from '../checks/axes';
import { calledAs } from '../calledAs';
import { callOptions } from '../checks/callOptions';
import { indexTensor, numbersWithin, type Indices } from './indices';
import { roomFor } from '../checks/roomFor';

/*
 * `gather` takes entries along an axis by their indices, and `scatter` puts entries there and adds up
 * those with the same index. Each is the adjoint of the other, <gather(x), y> = <x, scatter(y)>: both
 * sides are the sum of x[indices[i]] y[i]. So each is the gradient of the other.
 */

/** Along which axis entries are taken. */
export interface GatherOptions {
  /** Negative ones count from the end. Default 0. */
  readonly axis?: number;
}

/** Where entries are put. */
export interface ScatterOptions extends GatherOptions {
  /** How many entries the result has along the axis. */
  readonly size: number;
}

interface Along {
  readonly indices: Tensor;
  readonly axis: number;
}

const gatherAlong = defineOp({
  name: 'gather',
  inputs: ['x'],
  dtype: 'same',
  shape({ x }, { indices, axis }: Along) {
    const at = axisOf('gather', axis, x.length);
    numbersWithin('gather', 'indices', indices, x[at]!);
    return roomFor('gather', x.toSpliced(at, 1, ...indices.shape));
  },
  compute: (backend, { x }, { indices, axis }, out) =>
    backend.gather(x, indices, axisOf('gather', axis, x.rank), out),
  gradient: (dy, { inputs: { x }, attributes: { indices, axis } }) => ({
    x: (): Tensor => {
      const at = axisOf('gather', axis, x.rank);
      return scatterAlong(dy, { indices, axis: at, size: x.shape[at]! });
    },
  }),
  samples: [
    { inputs: { x: 'mn' }, attributes: along([2, 0, 2, 1]), sizes: { m: 3 } },
    { inputs: { x: 'mnk' }, attributes: along([1, 1], -2), sizes: { n: 2 } },
    { inputs: { x: 'mnk' }, attributes: along(1, 2), sizes: { k: 3 } },
  ],
});

const scatterAlong = defineOp({
  name: 'scatter',
  inputs: ['updates'],
  dtype: 'same',
  shape: ({ updates }, options: Along & ScatterOptions) => scatteredShape(updates, options),
  compute(backend, { updates }, { indices, axis }, out) {
    backend.scatterAdd(updates, indices, axisOf('scatter', axis, out.rank), out);
  },
  gradient: (dy, { output, attributes: { indices, axis } }) => ({
    updates: (): Tensor => gatherAlong(dy, { indices, axis: axisOf('scatter', axis, output.rank) }),
  }),
  samples: [
    { inputs: { updates: '4n' }, attributes: { ...along([2, 0, 2, 1]), size: 3 } },
    { inputs: { updates: 'm2k' }, attributes: { ...along([3, 3], -2), size: 4 } },
    { inputs: { updates: 'mn' }, attributes: { ...along(1, 2), size: 2 } },
  ],
});

/**
 * The entries of x along an axis that the indices name, in their order: x [3, 4] and indices [2, 0] give
 * rows 2 and 0, [2, 4]. Indices of another rank have all their axes in place of that one; a single number
 * takes the axis away. The gradient of an entry is the sum over all places where it was taken to.
 * @throws OptionError if an index is no whole number or out of range; negative ones are.
 * @throws DTypeError if the indices are a tensor of floating-point numbers.
 * @throws ShapeError if there is no such axis.
 */
export const gather = calledAs(
  gatherAlong.definition,
  (x: TensorLike, indices: Indices, options?: GatherOptions): Tensor => {
    const { axis = 0 } = callOptions('gather', options);
    return gatherAlong(x, { indices: indexTensor('gather', indices), axis });
  },
  () => gatherAlong.cases,
);

/**
 * Zeros to which the updates are added, each entry at the place along an axis that its index names; where
 * several have the same, their sum. Updates [4, n] and indices [2, 0, 2, 1] with size 3 give [3, n].
 * Indices of another rank stand for as many axes of the updates; a single number for none.
 * @throws OptionError if the size is no whole number, or an index none or out of range.
 * @throws DTypeError if the indices are a tensor of floating-point numbers.
 * @throws ShapeError if the updates do not have the axes of the indices at that axis.
 */
export const scatter = calledAs(
  scatterAlong.definition,
  (updates: TensorLike, indices: Indices, options: ScatterOptions): Tensor => {
    const { axis = 0, size = NaN } = callOptions('scatter', options);
    checkWhole('scatter', { size }, 0);
    return scatterAlong(updates, { indices: indexTensor('scatter', indices), axis, size });
  },
  () => scatterAlong.cases,
);

function scatteredShape(
  updates: Shape,
  { indices, axis = 0, size }: Along & ScatterOptions,
): Shape {
  const rank = updates.length - indices.rank + 1;
  const at = rank < 1 ? 0 : axisOf('scatter', axis, rank);
  if (rank < 1 || !sameShape(updates.slice(at, at + indices.rank), indices.shape)) {
    throw new ShapeError({
      op: 'scatter',
      expected: `updates with the axes ${formatShape(indices.shape)} of the indices at axis ${at}`,
      received: `updates ${formatShape(updates)}`,
    });
  }
  numbersWithin('scatter', 'indices', indices, size);
  return roomFor('scatter', updates.toSpliced(at, indices.rank, size));
}

function along(indices: Indices, axis = 0): Along {
  return { indices: indexTensor('gather', indices), axis };
}
