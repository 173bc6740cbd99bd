import type { Scan } from '@gradus/kernels';
import type { Tensor } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { defineOp } from '../../op';
import { axisOf } from '../checks/axes';
import { callOptions } from '../checks/callOptions';
import { reshape } from '../shapes/shape';

/** How numbers are summed up. */
export interface CumulativeSumOptions {
  /** Negative ones count from the end. Default: all numbers, row by row; the result has one axis. */
  readonly axis?: number | undefined;
  /** Whether each number is left out of the sum that takes its place. Default false. */
  readonly exclusive?: boolean;
  /** Whether the sums begin at the end. Default false. */
  readonly reverse?: boolean;
}

/** A number is part of all sums from its place on, so its gradient is a sum from the other end. */
const sumsAlong = defineOp({
  name: 'cumulativeSum',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, _: Scan) => x,
  compute: (backend, { x }, scan, out) => backend.cumulativeSum(x, scan, out),
  gradient: (dy, { attributes: scan }) => ({
    x: (): Tensor => sumsAlong(dy, { ...scan, reverse: !scan.reverse }),
  }),
  samples: [],
});

/**
 * In the place of each number the sum of all up to it: 1, 2, 3 becomes 1, 3, 6; with `exclusive` 0, 1, 3;
 * with `reverse` 6, 5, 3. Whole numbers wrap around when out of range.
 * @throws ShapeError if there is no such axis.
 */
export const cumulativeSum = composeOp({
  name: 'cumulativeSum',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, options: CumulativeSumOptions | undefined) {
    const { axis, exclusive, reverse } = callOptions('cumulativeSum', options);
    const how = { exclusive: exclusive === true, reverse: reverse === true };
    if (axis === undefined) return sumsAlong(reshape(x, [x.size]), { axis: 0, ...how });
    return sumsAlong(x, { axis: axisOf('cumulativeSum', axis, x.rank), ...how });
  },
  samples: [
    { inputs: { x: 'mn' } },
    { inputs: { x: 'mnk' }, attributes: { axis: -2 }, sizes: { n: [2, 4] } },
    { inputs: { x: 'mn' }, attributes: { axis: 1, exclusive: true }, sizes: { n: 4 } },
    { inputs: { x: 'mn' }, attributes: { axis: 0, reverse: true }, sizes: { m: 3 } },
    { inputs: { x: 'm' }, attributes: { axis: 0, exclusive: true, reverse: true } },
  ],
});
