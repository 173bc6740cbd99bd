import type { Tensor } from '@gradus/tensor';
import { composeOp, type ComposedOp } from '../../composeOp';
import type { OpSample } from '../../opDefinition';
import { add, sub } from '../elementwise/arithmetic';
import { equal, where } from '../elementwise/comparison';
import { stopGradient } from '../elementwise/conversion';
import { abs, exp, log, sqrt, square } from '../elementwise/elementwise';
import { alongAnyAxes, max, mean, sum, type ReduceOptions } from './reduction';
import { reducedAxes } from './reducedShape';
import { reshape } from '../shapes/shape';

type Options = ReduceOptions | undefined;

/** A number for all along some axes, which are checked in its name. */
function statistic(
  name: string,
  compute: (x: Tensor, options: ReduceOptions) => Tensor,
  samples: readonly OpSample<'x', Options>[] = alongAnyAxes,
): ComposedOp<['x'], Options> {
  return composeOp({
    name,
    inputs: ['x'],
    compute({ x }, options: ReduceOptions = {}) {
      reducedAxes(name, options, x.rank);
      return compute(x, options);
    },
    samples,
  });
}

/** The mean of (x - mean(x))^2 along `axis`: the variance of a whole population. */
export const variance = statistic('variance', (x, options) => {
  const centre = mean(x, { ...options, keepDims: true });
  return mean(square(sub(x, centre)), options);
});

/**
 * The Euclidean norm along `axis`: the root of the sum of squares. Its gradient at 0 is taken as 0.
 */
export const norm = statistic(
  'norm',
  (x, options) => {
    const squares = sum(square(x), options);
    const isZero = equal(squares, 0);
    // The root of 0 has an infinite slope, which must not be met at all.
    return where(isZero, 0, sqrt(where(isZero, 1, squares)));
  },
  // The norm of one number is its magnitude, whose second derivative is nothing but rounding.
  alongAnyAxes.map((sample) => ({
    ...sample,
    domain: [0.5, 2],
    sizes: { m: [2, 3], n: [2, 3], k: [2, 3] },
  })),
);

/** log(sum(e^x)) along `axis`, without overflow: the largest number is taken out of the sum. */
export const logSumExp = statistic('logSumExp', (x, options) => {
  const largest = stopGradient(max(x, { ...options, keepDims: true }));
  // An infinite one says all there is to say, and cannot be subtracted from itself.
  const taken = where(equal(abs(largest), Infinity), 0, largest);
  const rest = log(sum(exp(sub(x, taken)), options));
  return add(rest, reshape(taken, rest.shape));
});
