import { zeros, type Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  floats,
  mapped,
  usualTolerance,
  type Law,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import {
  ordinary as domain,
  normalizationCases,
  normalizationTolerance as tolerance,
  type NormalizationCase,
} from './cases';
import type { NormalizationImplementation } from './implementation';
import { momentsOf, perPlace, plain, standardized } from './sets';

const ioffe = 'S. Ioffe, C. Szegedy, arXiv:1502.03167, algorithm 1';

/** What every normalisation makes of numbers. */
export const outputLaws: readonly Law<NormalizationImplementation>[] = [
  defineLaw<NormalizationImplementation, NormalizationCase>({
    name: 'normalization/definition',
    statement: 'y = gamma (x - mean) / sqrt(variance + epsilon) + beta.',
    source: `${ioffe}.`,
    domain,
    tolerance,
    cases: normalizationCases,
    holds(subject, { x, gamma, beta }) {
      const expected = perPlace(
        standardized(subject, x),
        (value, channel) => value * gamma.at(channel) + beta.at(channel),
      );
      const within = { relative: tolerance[subject.dtype], scale: 4 };
      expectClose(subject.normalize(x, { gamma, beta }), expected, within);
    },
  }),
  defineLaw<NormalizationImplementation, { x: Tensor }>({
    name: 'normalization/mean-zero',
    statement: 'With gamma = 1 and beta = 0 the mean of each set is 0.',
    source: `${ioffe}: the deviations from a mean add up to 0.`,
    domain,
    tolerance,
    cases: normalizationCases,
    holds(subject, { x }) {
      const found = momentsOf(subject, subject.normalize(x, plain(x.shape, subject.dtype)));
      const means = perPlace(x, (_value, _channel, n) => found[n]!.mean);
      const within = { relative: tolerance[subject.dtype], scale: 1 };
      expectClose(means, zeros(x.shape, 'float64'), within);
    },
  }),
  defineLaw<NormalizationImplementation, { x: Tensor }>({
    name: 'normalization/variance-one',
    statement:
      'With gamma = 1 the variance of each set is v / (v + epsilon), where v was that of x.',
    source: `${ioffe}: numbers divided by s have a variance divided by s^2.`,
    domain,
    tolerance,
    cases: normalizationCases,
    holds(subject, { x }) {
      const found = momentsOf(subject, subject.normalize(x, plain(x.shape, subject.dtype)));
      const before = momentsOf(subject, x);
      const [variances, expected] = [
        perPlace(x, (_value, _channel, n) => found[n]!.variance),
        perPlace(x, (_value, _channel, n) => {
          const { variance } = before[n]!;
          return variance / (variance + subject.epsilon);
        }),
      ];
      expectClose(variances, expected, { relative: tolerance[subject.dtype], scale: 1 });
    },
  }),
  defineLaw<NormalizationImplementation, { value: number; x: Tensor; gamma: Tensor; beta: Tensor }>(
    {
      name: 'normalization/constant-gives-beta',
      statement: 'If all numbers of x are equal, y = beta.',
      source: 'Nothing deviates from the mean.',
      domain: 'Any constant from -4 to 4; float32 and float64.',
      tolerance,
      cases: (subject) =>
        fc
          .record({ drawn: normalizationCases(subject), value: floats() })
          .map(({ drawn, value }) => ({ ...drawn, value, x: mapped(drawn.x, () => value) })),
      holds(subject, { x, gamma, beta }) {
        const within = { relative: tolerance[subject.dtype], scale: 4 };
        const expected = perPlace(x, (_, channel) => beta.at(channel));
        expectClose(subject.normalize(x, { gamma, beta }), expected, within);
      },
    },
  ),
  defineLaw<NormalizationImplementation, NormalizationCase>({
    name: 'normalization/affine-in-parameters',
    statement: 'N(x; gamma, beta) = gamma N(x; 1, 0) + beta.',
    source: `${ioffe}, its last line.`,
    domain,
    tolerance,
    cases: normalizationCases,
    holds(subject, { x, gamma, beta }) {
      const normalized = subject.normalize(x, plain(x.shape, subject.dtype));
      const expected = perPlace(
        normalized,
        (value, channel) => value * gamma.at(channel) + beta.at(channel),
      );
      const within = { relative: usualTolerance[subject.dtype], scale: 16 };
      expectClose(subject.normalize(x, { gamma, beta }), expected, within);
    },
  }),
];
