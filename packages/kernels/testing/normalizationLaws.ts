import { full, tensor, toTypedArray, zeros, type Tensor, type View } from '@gradus/tensor';
import { shapes, views } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend, ScaleAndShift, Statistics } from '../src/index';
import { innerProduct } from './innerProduct';
import { forAll, type Law } from './law';

const doubles = { dtype: 'float64', domain: { low: -4, high: 4 } } as const;

const cases = fc
  .tuple(shapes({ maxRank: 3, maxSize: 4 }), fc.integer({ min: 1, max: 12 }))
  .chain(([others, channels]) => {
    const shape = [...others, channels];
    return fc.record({
      x: views(shape, doubles),
      dy: views(shape, doubles),
      gamma: views([channels], doubles),
      beta: views([channels], doubles),
    });
  });

/** The algebra of normalisation. */
export const normalizationLaws: readonly Law[] = [
  {
    title: 'normalises by the moments to mean 0, and to a variance of 1 but for epsilon',
    check(backend, options = {}) {
      forAll(cases, options, ({ x }) => {
        const statistics = statisticsOf(backend, x);
        const { variance, epsilon } = statistics;
        const normalized = normalize(backend, x, statistics, plain(x));
        const after = statisticsOf(backend, normalized);
        expectNear(after.mean, zeros(after.mean.shape, 'float64'), 1e-12);
        const expected = Float64Array.from(toTypedArray(variance), (v) => v / (v + epsilon));
        expectNear(after.variance, tensor(expected), 1e-12);
      });
    },
  },
  {
    title: 'finds moments that go with x: of a x + b the mean a m + b, the variance a^2 v',
    check(backend, options = {}) {
      forAll(cases, options, ({ x }) => {
        const { mean, variance } = statisticsOf(backend, x);
        const moved = tensor(
          Float64Array.from(toTypedArray(x), (value) => -2 * value + 3),
          x.shape,
        );
        const after = statisticsOf(backend, moved);
        const means = Float64Array.from(toTypedArray(mean), (m) => -2 * m + 3);
        expectNear(after.mean, tensor(means), 1e-12);
        const variances = Float64Array.from(toTypedArray(variance), (v) => 4 * v);
        expectNear(after.variance, tensor(variances), 1e-12);
      });
    },
  },
  {
    title: 'makes the parameter gradient adjoint to normalisation: <y, dy> = <[gamma, beta], sums>',
    check(backend, options = {}) {
      forAll(cases, options, ({ x, dy, ...parameters }) => {
        const statistics = statisticsOf(backend, x);
        const y = normalize(backend, x, statistics, parameters);
        const sums = parameterGradient(backend, [dy, x], statistics);
        const products = innerProduct(parameters.gamma, sums.gamma).item();
        const total = products + innerProduct(parameters.beta, sums.beta).item();
        expectNear(scalar(total), innerProduct(y, dy), 1e-10);
      });
    },
  },
  {
    title: 'makes the input gradient symmetric: <u, G(w)> = <G(u), w>; shifts of x have none',
    check(backend, options = {}) {
      forAll(cases, options, ({ x, dy, gamma }) => {
        const statistics = statisticsOf(backend, x);
        const gradient = (slopes: View): Tensor => {
          const parts = { gamma, gradient: parameterGradient(backend, [slopes, x], statistics) };
          return filled(x, (out) =>
            backend.batchNormalizationInputGradient([slopes, x], statistics, parts, out),
          );
        };
        const other = normalize(backend, dy, statistics, plain(x));
        const [left, right] = [
          innerProduct(other, gradient(dy)).item(),
          innerProduct(gradient(other), dy).item(),
        ];
        expectNear(scalar(left), scalar(right), 1e-9 * (1 + Math.abs(right)));
        const sums = parameterGradient(backend, [gradient(dy), x], statistics);
        expectNear(sums.beta, zeros(sums.beta.shape, 'float64'), 1e-10);
      });
    },
  },
  {
    title: 'normalises only as the reciprocal root of variance + epsilon does',
    check(backend, options = {}) {
      forAll(cases, options, ({ x, ...parameters }) => {
        const { mean } = statisticsOf(backend, x);
        const variance = full(mean.shape, 3.75, 'float64');
        const found = normalize(backend, x, { mean, variance, epsilon: 0.25 }, parameters);
        const [means, gamma, beta] = [mean, parameters.gamma, parameters.beta].map(toTypedArray);
        const channels = means!.length;
        const expected = Float64Array.from(toTypedArray(x), (value, i) => {
          const c = i % channels;
          return ((value - means![c]!) / 2) * gamma![c]! + beta![c]!;
        });
        expectNear(found, tensor(expected, x.shape), 1e-12);
      });
    },
  },
];

function statisticsOf(backend: Backend, x: View): Statistics {
  const shape = x.shape.slice(-1);
  const moments = { mean: full(shape, NaN, 'float64'), variance: full(shape, NaN, 'float64') };
  backend.moments(x, moments);
  return { ...moments, epsilon: 0.25 };
}

function parameterGradient(
  backend: Backend,
  [dy, x]: readonly [View, View],
  statistics: Statistics,
): ScaleAndShift {
  const shape = x.shape.slice(-1);
  const sums = { gamma: full(shape, NaN, 'float64'), beta: full(shape, NaN, 'float64') };
  backend.normalizeParameterGradient(dy, x, statistics, sums);
  return sums;
}

function normalize(
  backend: Backend,
  x: View,
  statistics: Statistics,
  parameters: ScaleAndShift,
): Tensor {
  return filled(x, (out) => backend.normalize(x, statistics, parameters, out));
}

function plain({ shape }: View): ScaleAndShift {
  const channels = shape.slice(-1);
  return { gamma: full(channels, 1, 'float64'), beta: zeros(channels, 'float64') };
}

function filled({ shape }: View, fill: (out: View) => void): Tensor {
  const out = full(shape, NaN, 'float64');
  fill(out);
  return out;
}

function scalar(value: number): Tensor {
  return tensor(Float64Array.of(value), []);
}

/** For numbers of ordinary size, of which the largest may well be 0. */
function expectNear(found: View, expected: View, bound: number): void {
  const wanted = toTypedArray(expected);
  toTypedArray(found).forEach((value, i) => {
    if (Math.abs(value - wanted[i]!) <= bound) return;
    throw new Error(`expected ${wanted[i]} at ${i}; received ${value}.`);
  });
}
