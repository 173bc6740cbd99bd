import { full, tensor, toTypedArray, type Tensor, type View } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  shapes,
  usualTolerance,
  views,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend, ScaleAndShift, Statistics } from '../../src/index';

const doubles = { dtype: 'float64', domain: { low: -4, high: 4 } } as const;
/** For numbers of ordinary size, of which the largest may well be 0. */
const within = { relative: usualTolerance.float64, scale: 1 };

const common = {
  domain: 'float64; any number of channels and of numbers in each, in any layout',
  tolerance: usualTolerance,
  cases: () =>
    fc
      .tuple(shapes({ maxRank: 3, maxSize: 4 }), fc.integer({ min: 1, max: 12 }))
      .chain(([others, channels]) => {
        const shape = [...others, channels];
        return fc.record({
          x: views(shape, doubles),
          gamma: views([channels], doubles),
          beta: views([channels], doubles),
        });
      }),
} as const;

/**
 * What the kernels of normalisation do beside batch normalisation, which has laws of its own
 * (`normalizationLaws`): take moments, and normalise by numbers that need not be the moments of x.
 */
export const normalizationContract: readonly Law<Backend>[] = [
  defineLaw({
    ...common,
    name: 'engine/moments-affine',
    statement: 'The moments of a x + b are a m + b and a^2 v.',
    source: 'W. Feller, "An Introduction to Probability Theory", volume 1, 1968, section IX.4',
    holds(backend, { x }) {
      const { mean, variance } = statisticsOf(backend, x);
      const moved = tensor(
        Float64Array.from(toTypedArray(x), (value) => -2 * value + 3),
        x.shape,
      );
      const after = statisticsOf(backend, moved);
      const means = Float64Array.from(toTypedArray(mean), (m) => -2 * m + 3);
      expectClose(after.mean, tensor(means), within);
      const variances = Float64Array.from(toTypedArray(variance), (v) => 4 * v);
      expectClose(after.variance, tensor(variances), within);
    },
  }),
  defineLaw({
    ...common,
    name: 'engine/normalize-definition',
    statement: 'normalize(x) = gamma (x - m) / sqrt(v + epsilon) + beta.',
    source: 'S. Ioffe, C. Szegedy, arXiv:1502.03167, algorithm 1',
    holds(backend, { x, ...parameters }) {
      const { mean } = statisticsOf(backend, x);
      const variance = full(mean.shape, 3.75, 'float64');
      const found = normalize(backend, x, { mean, variance, epsilon: 0.25 }, parameters);
      const [means, gamma, beta] = [mean, parameters.gamma, parameters.beta].map(toTypedArray);
      const channels = means!.length;
      const expected = Float64Array.from(toTypedArray(x), (value, i) => {
        const c = i % channels;
        return ((value - means![c]!) / 2) * gamma![c]! + beta![c]!;
      });
      expectClose(found, tensor(expected, x.shape), within);
    },
  }),
];

function statisticsOf(backend: Backend, x: View): Statistics {
  const shape = x.shape.slice(-1);
  const moments = { mean: full(shape, NaN, 'float64'), variance: full(shape, NaN, 'float64') };
  backend.moments(x, moments);
  return { ...moments, epsilon: 0.25 };
}

function normalize(
  backend: Backend,
  x: View,
  statistics: Statistics,
  parameters: ScaleAndShift,
): Tensor {
  return filled(x, (out) => backend.normalize(x, statistics, parameters, out));
}

function filled({ shape }: View, fill: (out: View) => void): Tensor {
  const out = full(shape, NaN, 'float64');
  fill(out);
  return out;
}
