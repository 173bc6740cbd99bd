import { fill, full, type Tensor } from '@gradus/tensor';
import { combined, mapped, rearranged } from '@gradus/tensor/testing';
import { loops } from '../../../../src/index';
import {
  batchNormalizationOf,
  type NormalizationImplementation,
  type NormalizationParameters,
} from '../../../../testing/index';
import { momentsOf, perPlace } from '../../../../testing/laws/normalization/sets';

/** What is wrong, how it is computed, and the law that must say so. */
type Wrong = readonly [what: string, parts: Partial<NormalizationImplementation>, law: string];

const sound = batchNormalizationOf(loops, 'float64');
const { epsilon } = sound;

interface Numbers {
  readonly mean: number;
  readonly variance: number;
  /** Of the set, as many as share the mean. */
  readonly count: number;
}

/** Batch normalisation by a formula for each number. */
function normalization(
  f: (
    value: number,
    numbers: Numbers,
    parameters: { readonly gamma: number; readonly beta: number },
  ) => number,
) {
  return (x: Tensor, { gamma, beta }: NormalizationParameters): Tensor => {
    const moments = momentsOf(sound, x);
    const count = x.size / x.shape.at(-1)!;
    return perPlace(x, (value, channel, n) =>
      f(value, { ...moments[n]!, count }, { gamma: gamma.at(channel), beta: beta.at(channel) }),
    );
  };
}

const deviation = (variance: number): number => Math.sqrt(variance + epsilon);

/** By the mean of squares less the square of the mean, which cancel. */
function inOnePass(x: Tensor, { gamma, beta }: NormalizationParameters): Tensor {
  const [means, squares] = [x, mapped(x, (value) => value * value)].map((of) =>
    momentsOf(sound, of),
  );
  return perPlace(x, (value, channel, n) => {
    const mean = means![n]!.mean;
    const variance = Math.max(0, squares![n]!.mean - mean * mean);
    return (gamma.at(channel) * (value - mean)) / deviation(variance) + beta.at(channel);
  });
}

/** Errors that people make in normalisation. */
export const wrongNormalizations: readonly Wrong[] = [
  [
    'adds epsilon to the deviation',
    {
      normalize: normalization(
        (x, { mean, variance }, { gamma, beta }) =>
          (gamma * (x - mean)) / (Math.sqrt(variance) + epsilon) + beta,
      ),
    },
    'definition',
  ],
  [
    'forgets the mean',
    {
      normalize: normalization(
        (x, { variance }, { gamma, beta }) => (gamma * x) / deviation(variance) + beta,
      ),
    },
    'mean-zero',
  ],
  [
    'takes the variance of a sample',
    {
      normalize: normalization(
        (x, { mean, variance, count }, { gamma, beta }) =>
          (gamma * (x - mean)) / deviation((variance * count) / Math.max(1, count - 1)) + beta,
      ),
    },
    'variance-one',
  ],
  [
    'forgets beta',
    {
      normalize: normalization(
        (x, { mean, variance }, { gamma }) => (gamma * (x - mean)) / deviation(variance),
      ),
    },
    'constant-gives-beta',
  ],
  [
    'multiplies beta with gamma',
    {
      normalize: normalization(
        (x, { mean, variance }, { gamma, beta }) =>
          gamma * ((x - mean) / deviation(variance) + beta),
      ),
    },
    'affine-in-parameters',
  ],
  [
    'divides by the root mean square',
    {
      normalize: normalization(
        (x, { mean, variance }, { gamma, beta }) =>
          (gamma * (x - mean)) / deviation(variance + mean * mean) + beta,
      ),
    },
    'shift-invariant',
  ],
  ['subtracts squares from each other', { normalize: inOnePass }, 'large-mean'],
  [
    'only centres',
    { normalize: normalization((x, { mean }, { gamma, beta }) => gamma * (x - mean) + beta) },
    'scale-invariant',
  ],
  ['takes all channels together', { normalize: takenTogether }, 'sets-apart'],
  [
    'takes its mean from the first sample',
    { normalize: byFirstSample },
    'sample-permutation-equivariant',
  ],
  [
    'takes mean and variance for constants',
    { inputGradient: (dy, x, { gamma }) => gradientBy(dy, x, gamma, () => 0) },
    'gradient-sums-to-zero',
  ],
  [
    'takes the variance for a constant',
    { inputGradient: (dy, x, { gamma }) => gradientBy(dy, x, gamma, (mean) => mean) },
    'gradient-along-x',
  ],
  [
    'goes back through the next number',
    { inputGradient: (dy, x, parameters) => sound.inputGradient!(turned(dy), x, parameters) },
    'gradient-symmetric',
  ],
  [
    'forgets gamma',
    {
      inputGradient: (dy, x, { gamma, beta }) =>
        sound.inputGradient!(dy, x, { gamma: mapped(gamma, () => 1), beta }),
    },
    'gradient-definition',
  ],
  [
    'gives the gradient of gamma before normalising',
    {
      parameterGradient: (dy, x, parameters) => ({
        ...sound.parameterGradient!(dy, x, parameters),
        gamma: sumsOf(combined(dy, x, (slope, value) => slope * value)),
      }),
    },
    'parameter-gradient-adjoint',
  ],
  [
    'gives the mean of slopes for beta',
    {
      parameterGradient: (dy, x, parameters) => ({
        ...sound.parameterGradient!(dy, x, parameters),
        beta: mapped(sumsOf(dy), (sum) => (sum / dy.size) * x.shape.at(-1)!),
      }),
    },
    'beta-gradient-sums',
  ],
];

function takenTogether(x: Tensor, { gamma, beta }: NormalizationParameters): Tensor {
  const values = Array.from(x.toTypedArray());
  const mean = values.reduce((sum, value) => sum + value, 0) / x.size;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.size;
  return perPlace(
    x,
    (value, channel) =>
      (gamma.at(channel) * (value - mean)) / deviation(variance) + beta.at(channel),
  );
}

function byFirstSample(x: Tensor, { gamma, beta }: NormalizationParameters): Tensor {
  const first = rearranged(x, [1, ...x.shape.slice(1)], (index) => index);
  const moments = momentsOf(sound, first);
  return perPlace(x, (value, channel, n) => {
    const { mean, variance } = moments[n % first.size]!;
    return (gamma.at(channel) * (value - mean)) / deviation(variance) + beta.at(channel);
  });
}

function gradientBy(
  dy: Tensor,
  x: Tensor,
  gamma: Tensor,
  through: (mean: number) => number,
): Tensor {
  const moments = momentsOf(sound, x);
  const slopes = perPlace(dy, (slope, channel) => slope * gamma.at(channel));
  const means = momentsOf(sound, slopes);
  return perPlace(
    slopes,
    (slope, _, n) => (slope - through(means[n]!.mean)) / deviation(moments[n]!.variance),
  );
}

/** All samples, and all numbers of the last axis, one further. */
function turned(x: Tensor): Tensor {
  return rearranged(x, x.shape, (index) => index.map((i, axis) => (i + 1) % x.shape[axis]!));
}

function sumsOf(x: Tensor): Tensor {
  const sums = full([x.shape.at(-1)!], 0, 'float64');
  x.toTypedArray().forEach((value, n) => (sums.data[n % sums.size]! += value));
  return fill(sums.shape, (n) => sums.data[n]!, x.dtype as 'float64');
}
