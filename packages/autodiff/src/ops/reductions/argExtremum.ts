import { formatShape, rowMajor, ShapeError, windowOn, type Shape } from '@gradus/tensor';
import { defineOp } from '../../op';
import type { Op } from '../../opDefinition';
import { reducedAxes, reducedShape, type ReduceOptions } from './reducedShape';
import { alongAnyAxes } from './reduction';

/** Where the largest or the smallest number stands. It moves in jumps, so there is no gradient. */
function argExtremum(name: 'argMax' | 'argMin'): Op<readonly ['x'], ReduceOptions | undefined> {
  return defineOp({
    name,
    inputs: ['x'] as const,
    dtype: 'same',
    result: 'int32',
    shape({ x }: Readonly<Record<'x', Shape>>, options: ReduceOptions | undefined) {
      const empty = reducedAxes(name, options, x.length).find((axis) => x[axis] === 0);
      if (empty === undefined) return reducedShape(name, x, options);
      throw new ShapeError({
        op: name,
        expected: 'at least one number to choose from',
        received: formatShape(x),
        hint: `Axis ${empty} is empty.`,
      });
    },
    compute(backend, { x }, options, out) {
      const left = rowMajor(reducedShape(name, x.shape, { ...options, keepDims: false }));
      backend.argReduce(name, x, reducedAxes(name, options, x.rank), windowOn(out, left));
    },
    gradient: () => ({ x: null }),
    samples: alongAnyAxes.map((sample) => ({ ...sample, distinct: true })),
  });
}

/**
 * The index of the largest number along `axis`, int32: of the first if several are equal, and of the
 * first NaN if there is one, as in NumPy. Along several axes, or by default all of them, numbers count
 * row by row. No gradient.
 * @throws ShapeError if there are no numbers.
 */
export const argMax = argExtremum('argMax');

/** The index of the smallest number along `axis`, likewise. */
export const argMin = argExtremum('argMin');
