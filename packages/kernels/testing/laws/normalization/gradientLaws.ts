import { zeros, type Tensor } from '@gradus/tensor';
import { defineLaw, expectClose, mapped, type Law, type Tolerance } from '@gradus/tensor/testing';
import { innerProduct } from '../innerProduct';
import { numbers, ordinary as domain, slopeCases, type NormalizationCase } from './cases';
import type { NormalizationImplementation } from './implementation';
import { momentsOf, perPlace, plain, standardized } from './sets';

interface SlopeCase extends NormalizationCase {
  readonly dy: Tensor;
}

/** Slopes are divided by deviations as small as 1/32, and what is left of differences with them. */
const tolerance: Tolerance = { float64: 1e-11, float32: 1e-4 };

/** What goes back through a normalisation. */
export const gradientLaws: readonly Law<NormalizationImplementation>[] = [
  defineLaw<NormalizationImplementation, SlopeCase>({
    name: 'normalization/gradient-sums-to-zero',
    statement: 'The sum of dx over each set is 0.',
    source: 'y does not change when one number is added to a whole set.',
    domain,
    tolerance,
    excuse: withoutInputGradient,
    cases: slopeCases,
    holds(subject, { x, dy, gamma, beta }) {
      const dx = subject.inputGradient!(dy, x, { gamma, beta });
      const found = momentsOf(subject, dx);
      const means = perPlace(x, (_value, _channel, n) => found[n]!.mean);
      expectClose(means, zeros(x.shape, 'float64'), within(subject, x));
    },
  }),
  defineLaw<NormalizationImplementation, SlopeCase>({
    name: 'normalization/gradient-along-x',
    statement: '<dx, x> = sum of dy gamma z epsilon / (v + epsilon), where z is x normalised.',
    source: 'The derivative of N(s x) in s at 1: without epsilon scales have no effect.',
    domain,
    tolerance,
    excuse: withoutInputGradient,
    cases: slopeCases,
    holds(subject, { x, dy, gamma, beta }) {
      const { epsilon } = subject;
      const moments = momentsOf(subject, x);
      const terms = perPlace(standardized(subject, x), (z, channel, n) => {
        return (gamma.at(channel) * z * epsilon) / (moments[n]!.variance + epsilon);
      });
      const dx = subject.inputGradient!(dy, x, { gamma, beta });
      const { relative, scale } = within(subject, x);
      expectClose(innerProduct(dx, x), innerProduct(terms, dy), {
        relative,
        scale: scale * x.size,
      });
    },
  }),
  defineLaw<NormalizationImplementation, { x: Tensor; dy: Tensor; other: Tensor }>({
    name: 'normalization/gradient-symmetric',
    statement: '<u, G(v)> = <G(u), v>, where G(dy) is dx for gamma = 1.',
    source: 'G = (1 - 1 1^T / n - z z^T / n) / sqrt(v + epsilon) in each set is its own transpose.',
    domain,
    tolerance,
    excuse: withoutInputGradient,
    cases: (subject) =>
      slopeCases(subject).chain(({ x, dy }) =>
        numbers(subject, x.shape).map((other) => ({ x, dy, other })),
      ),
    holds(subject, { x, dy, other }) {
      const parameters = plain(x.shape, subject.dtype);
      const [first, second] = [dy, other].map((u) => subject.inputGradient!(u, x, parameters));
      const { relative, scale } = within(subject, x);
      expectClose(innerProduct(other, first!), innerProduct(second!, dy), {
        relative,
        scale: scale * x.size,
      });
    },
  }),
  defineLaw<NormalizationImplementation, SlopeCase>({
    name: 'normalization/gradient-definition',
    statement: 'dx = (w - mean(w) - z mean(w z)) / sqrt(v + epsilon), w = gamma dy, in each set.',
    source: 'S. Ioffe, C. Szegedy, arXiv:1502.03167, section 3, the three gradients put together.',
    domain,
    tolerance,
    excuse: withoutInputGradient,
    cases: slopeCases,
    holds(subject, { x, dy, gamma, beta }) {
      const z = standardized(subject, x);
      const weighted = perPlace(dy, (slope, channel) => slope * gamma.at(channel));
      const along = perPlace(weighted, (w, _, n) => w * z.data[n]!);
      const [of, mean, product] = [x, weighted, along].map((part) => momentsOf(subject, part));
      const expected = perPlace(weighted, (w, _, n) => {
        const rest = w - mean![n]!.mean - z.data[n]! * product![n]!.mean;
        return rest / Math.sqrt(of![n]!.variance + subject.epsilon);
      });
      expectClose(subject.inputGradient!(dy, x, { gamma, beta }), expected, within(subject, x));
    },
  }),
  defineLaw<NormalizationImplementation, SlopeCase>({
    name: 'normalization/parameter-gradient-adjoint',
    statement: '<y, dy> = <gamma, dgamma> + <beta, dbeta>.',
    source: 'y is linear in gamma and beta together, so this is the transpose.',
    domain,
    tolerance,
    excuse: withoutParameterGradient,
    cases: slopeCases,
    holds(subject, { x, dy, gamma, beta }) {
      const gradient = subject.parameterGradient!(dy, x, { gamma, beta });
      const form = innerProduct(subject.normalize(x, { gamma, beta }), dy);
      const [first, second] = [
        innerProduct(gamma, gradient.gamma),
        innerProduct(beta, gradient.beta),
      ];
      const sum = mapped(first, (value) => value + second.item());
      expectClose(sum, form, { relative: tolerance[subject.dtype], scale: 16 * x.size });
    },
  }),
  defineLaw<NormalizationImplementation, SlopeCase>({
    name: 'normalization/beta-gradient-sums',
    statement: 'dbeta is the sum of dy over each channel.',
    source: 'beta is added to every number of its channel.',
    domain,
    tolerance,
    excuse: withoutParameterGradient,
    cases: slopeCases,
    holds(subject, { x, dy, gamma, beta }) {
      const found = subject.parameterGradient!(dy, x, { gamma, beta });
      const slopes = Array.from(dy.toTypedArray());
      const channels = x.shape.at(-1)!;
      const expected = perPlace(beta, (_, channel) =>
        slopes.filter((_slope, n) => n % channels === channel).reduce((sum, slope) => sum + slope),
      );
      expectClose(found.beta, expected, { relative: tolerance[subject.dtype], scale: 4 * x.size });
    },
  }),
];

/** Relative to slopes of 4, times a gamma of 4, divided by the smallest deviation. */
function within(subject: NormalizationImplementation, x: Tensor) {
  const smallest = Math.min(...momentsOf(subject, x).map(({ variance }) => variance));
  const scale = 16 / Math.sqrt(smallest + subject.epsilon);
  return { relative: tolerance[subject.dtype], scale };
}

function withoutInputGradient(subject: NormalizationImplementation): string | undefined {
  return subject.inputGradient === undefined ? 'it gives no gradient of its input' : undefined;
}

function withoutParameterGradient(subject: NormalizationImplementation): string | undefined {
  return subject.parameterGradient === undefined ? 'it gives none of gamma and beta' : undefined;
}
