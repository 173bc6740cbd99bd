import type { Tensor } from '@gradus/tensor';
import { composeOp } from '../composeOp';
import { add, sub } from './arithmetic';
import { equal, where } from './comparison';
import { stopGradient } from './conversion';
import { abs, exp, log, sqrt, square } from './elementwise';
import { max, mean, sum, type ReduceOptions } from './reduction';
import { reshape } from './shape';

const alongAny = [
  { inputs: { x: 'mnk' } },
  { inputs: { x: 'mnk' }, attributes: { axis: 1 } },
  { inputs: { x: 'mnk' }, attributes: { axis: [-1, 0], keepDims: true } },
] as const;

/** The mean of (x - mean(x))^2 along `axis`: the variance of a whole population. */
export const variance = composeOp<ReduceOptions | undefined>({
  name: 'variance',
  compute(x, options = {}) {
    const centre = mean(x, { ...options, keepDims: true });
    return mean(square(sub(x, centre)), options);
  },
  samples: alongAny,
});

/** The Euclidean norm along `axis`: the root of the sum of squares. */
export const norm = composeOp<ReduceOptions | undefined>({
  name: 'norm',
  compute: (x, options = {}) => sqrt(sum(square(x), options)),
  // The norm of one number is its magnitude, whose second derivative is nothing but rounding.
  samples: alongAny.map((sample) => ({
    ...sample,
    domain: [0.5, 2] as const,
    sizes: { m: [2, 3], n: [2, 3], k: [2, 3] } as const,
  })),
});

/**
 * log(sum(e^x)) along `axis`, without overflow: the largest number is taken out of the sum.
 */
export const logSumExp = composeOp<ReduceOptions | undefined>({
  name: 'logSumExp',
  compute(x, options = {}) {
    const largest = stopGradient(max(x, { ...options, keepDims: true }));
    // An infinite one says all there is to say, and cannot be subtracted from itself.
    const taken = where(equal(abs(largest), Infinity), 0, largest);
    const rest: Tensor = log(sum(exp(sub(x, taken)), options));
    return add(rest, reshape(taken, rest.shape));
  },
  samples: alongAny,
});
