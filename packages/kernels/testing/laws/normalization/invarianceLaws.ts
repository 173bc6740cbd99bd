import type { Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  floats,
  mapped,
  rearranged,
  usualTolerance,
  type Law,
  type Tolerance,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  ordinary as domain,
  normalizationCases,
  numbers,
  normalizationTolerance as tolerance,
  type NormalizationCase,
} from './cases';
import type { NormalizationImplementation } from './implementation';
import { momentsOf, perPlace, plain } from './sets';

/** Means of numbers near 256 and 2^20 are rounded by so much, in the sums on the way too. */
const largeMeans: Tolerance = { float64: 5e-9, float32: 2e-4 };

/** What becomes of a normalisation when its input is moved, scaled, or exchanged. */
export const invarianceLaws: readonly Law<NormalizationImplementation>[] = [
  defineLaw<NormalizationImplementation, NormalizationCase & { shift: number }>({
    name: 'normalization/shift-invariant',
    statement: 'N(x + c) = N(x), with one number c added to all.',
    source: 'The mean is shifted alike, and the variance not at all.',
    domain,
    tolerance,
    cases: (subject) =>
      fc
        .record({ drawn: normalizationCases(subject), shift: floats() })
        .map(({ drawn, shift }) => ({ ...drawn, shift })),
    holds(subject, { x, shift, gamma, beta }) {
      const moved = mapped(x, (value) => value + shift);
      const [found, expected] = [moved, x].map((of) => subject.normalize(of, { gamma, beta }));
      expectClose(found!, expected!, { relative: 2 * tolerance[subject.dtype], scale: 4 });
    },
  }),
  defineLaw<NormalizationImplementation, { x: Tensor }>({
    name: 'normalization/large-mean',
    statement: 'N(x + c) = N(x) also where c is far larger than the deviation.',
    source:
      'The variance is no difference of large squares: T. F. Chan, G. H. Golub, R. J. LeVeque, ' +
      '"Algorithms for computing the sample variance", The American Statistician 37(3), 1983.',
    domain: 'Shifts of 256 in float32 and of 2^20 in float64, which leave the digits of x exact.',
    tolerance: largeMeans,
    cases: normalizationCases,
    holds(subject, { x }) {
      const shift = subject.dtype === 'float32' ? 256 : 2 ** 20;
      const within = { relative: largeMeans[subject.dtype], scale: 1 / Math.sqrt(subject.epsilon) };
      const parameters = plain(x.shape, subject.dtype);
      const moved = mapped(x, (value) => value + shift);
      const [found, expected] = [moved, x].map((of) => subject.normalize(of, parameters));
      expectClose(found!, expected!, within);
    },
  }),
  defineLaw<NormalizationImplementation, { x: Tensor; factor: number }>({
    name: 'normalization/scale-invariant',
    statement:
      'N(s x) = s sqrt((v + epsilon) / (s^2 v + epsilon)) N(x): but for epsilon, sign(s) N(x).',
    source: 'The mean is multiplied with s, and the variance v with s^2.',
    domain: `${domain} Factors from -4 to 4.`,
    tolerance,
    cases: (subject) =>
      normalizationCases(subject).chain(({ x }) =>
        fc.record({ x: fc.constant(x), factor: fc.integer({ min: -4, max: 4 }) }),
      ),
    holds(subject, { x, factor }) {
      const { epsilon, dtype } = subject;
      const parameters = plain(x.shape, dtype);
      const moments = momentsOf(subject, x);
      const expected = perPlace(subject.normalize(x, parameters), (value, _, n) => {
        const { variance } = moments[n]!;
        const ratio = (variance + epsilon) / (factor ** 2 * variance + epsilon);
        return factor * Math.sqrt(ratio) * value;
      });
      const scaled = mapped(x, (value) => factor * value);
      const within = { relative: 4 * tolerance[dtype], scale: 4 };
      expectClose(subject.normalize(scaled, parameters), expected, within);
    },
  }),
  defineLaw<NormalizationImplementation, NormalizationCase & { other: Tensor; chosen: number }>({
    name: 'normalization/sets-apart',
    statement: 'What is normalised apart does not change when numbers of another set do.',
    source: 'Mean and variance are taken over one set of numbers.',
    domain,
    tolerance: usualTolerance,
    cases: (subject) =>
      normalizationCases(subject).chain((drawn) =>
        fc
          .record({
            other: numbers(subject, drawn.x.shape),
            chosen: fc.nat({ max: drawn.x.size - 1 }),
          })
          .map((more) => ({ ...drawn, ...more })),
      ),
    holds(subject, { x, other, chosen, gamma, beta }) {
      const names = subject.sharing(x.shape);
      const others = other.toTypedArray();
      const changed = mapped(x, (value, n) => (names[n] === names[chosen] ? others[n]! : value));
      const rest = (of: Tensor): Tensor =>
        mapped(subject.normalize(of, { gamma, beta }), (value, n) =>
          names[n] === names[chosen] ? 0 : value,
        );
      const within = { relative: usualTolerance[subject.dtype], scale: 16 };
      expectClose(rest(changed), rest(x), within);
    },
  }),
  defineLaw<NormalizationImplementation, NormalizationCase & { order: readonly number[] }>({
    name: 'normalization/sample-permutation-equivariant',
    statement: 'N(P x) = P N(x) for every permutation P of the samples.',
    source: 'Neither sums nor parameters tell the samples apart.',
    domain,
    tolerance,
    cases: (subject) =>
      normalizationCases(subject).chain((drawn) => {
        const samples = Array.from({ length: drawn.x.shape[0]! }, (_, n) => n);
        const order = fc.shuffledSubarray(samples, { minLength: samples.length });
        return order.map((chosen) => ({ ...drawn, order: chosen }));
      }),
    holds(subject, { x, order, gamma, beta }) {
      const permuted = (of: Tensor): Tensor =>
        rearranged(of, of.shape, ([n, ...rest]) => [order[n!]!, ...rest]);
      const found = subject.normalize(permuted(x), { gamma, beta });
      const expected = permuted(subject.normalize(x, { gamma, beta }));
      expectClose(found, expected, { relative: tolerance[subject.dtype], scale: 4 });
    },
  }),
];
