import { formatShape, normalizeAxes, OptionError, type Shape } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { broadcastTo } from '../reductions/reduction';
import { reshape } from './shape';
import { slice } from './slice';

/** Which axes are reversed. */
export interface FlipOptions {
  /** One or several; negative ones count from the end. Default: all. */
  readonly axis?: number | readonly number[];
}

/**
 * x with some axes in the opposite order; no copy.
 * @throws ShapeError if an axis does not exist.
 */
export const flip = composeOp({
  name: 'flip',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, { axis }: FlipOptions = {}) {
    const reversed = normalizeAxes('flip', axis, x.rank);
    const isReversed = (i: number): boolean => reversed.includes(i);
    return slice(x, {
      begin: x.shape.map((size, i) => (isReversed(i) ? Math.max(0, size - 1) : 0)),
      size: x.shape,
      step: x.shape.map((_, i) => (isReversed(i) ? -1 : 1)),
    });
  },
  samples: [{ inputs: { x: 'mn' } }, { inputs: { x: 'mnk' }, attributes: { axis: [0, -1] } }],
});

/**
 * x so many times along each axis, one after the other.
 * @throws OptionError if there is not a whole number of at least 0 for each axis.
 */
export const tile = composeOp({
  name: 'tile',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, times: Shape) {
    const isCount = (n: unknown): boolean => Number.isInteger(n) && (n as number) >= 0;
    if (!Array.isArray(times) || times.length !== x.rank || !times.every(isCount)) {
      throw new OptionError({
        op: 'tile',
        expected: `a whole number of at least 0 for each axis of ${formatShape(x.shape)}`,
        received: Array.isArray(times) ? formatShape(times) : String(times),
      });
    }
    const counts: Shape = times;
    const apart = x.shape.flatMap((size) => [1, size]);
    const repeated = x.shape.flatMap((size, axis) => [counts[axis]!, size]);
    const whole = x.shape.map((size, axis) => size * counts[axis]!);
    return reshape(broadcastTo(reshape(x, apart), repeated), whole);
  },
  samples: [
    { inputs: { x: 'mn' }, attributes: [2, 3] },
    { inputs: { x: 'm' }, attributes: [1] },
  ],
});
