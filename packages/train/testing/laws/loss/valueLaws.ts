import type { Tensor } from '@gradus/tensor';
import { combined, defineLaw, floats, mapped, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { lossCases, predictionShapes, predictions, twoPredictions, type LossCase } from './cases';
import { unclaimed } from './excuses';
import type { LossImplementation } from './implementation';
import { expectAtMost, expectNear, lossTolerance as tolerance } from './within';

const domain = 'Targets and predictions as the loss wants them; float32 and float64.';

/** What the values of a loss obey, as far as it is claimed. */
export const valueLaws: readonly Law<LossImplementation>[] = [
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/non-negative',
    statement: 'L(y, p) >= 0.',
    source: 'It is a mean of squares, magnitudes, or logarithms of numbers below 1.',
    domain,
    tolerance,
    excuse: unclaimed('nonNegative'),
    cases: lossCases,
    holds({ loss, dtype }, { yTrue, yPred }) {
      expectAtMost(0, loss(yTrue, yPred).item(), dtype, 'the bound and the loss');
    },
  }),
  defineLaw<LossImplementation, { y: Tensor; yPred: Tensor }>({
    name: 'loss/least-at-targets',
    statement: 'L(y, y) <= L(y, p), and L(y, y) = 0 where that is claimed.',
    source: "A mean of magnitudes; or Gibbs' inequality, T. M. Cover, J. A. Thomas, 2.6.3.",
    domain: 'Targets that may be predictions too; float32 and float64.',
    tolerance,
    excuse: unclaimed('atTargets'),
    cases: (subject) =>
      predictionShapes.chain((shape) =>
        fc.record({ y: predictions(subject, shape), yPred: predictions(subject, shape) }),
      ),
    holds({ loss, dtype, properties }, { y, yPred }) {
      const least = loss(y, y).item();
      if (properties.atTargets === 'zero') expectNear(least, 0, dtype);
      expectAtMost(least, loss(y, yPred).item(), dtype, 'the loss at the targets, and elsewhere');
    },
  }),
  defineLaw<LossImplementation, { yTrue: Tensor; yPred: Tensor }>({
    name: 'loss/symmetric',
    statement: 'L(y, p) = L(p, y).',
    source: 'It depends on the magnitude of a difference, or on a product.',
    domain,
    tolerance,
    excuse: unclaimed('symmetric'),
    cases: lossCases,
    holds({ loss, dtype }, { yTrue, yPred }) {
      expectNear(loss(yTrue, yPred).item(), loss(yPred, yTrue).item(), dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase & { other: Tensor }>({
    name: 'loss/convex',
    statement: 'L(y, (p + q) / 2) <= (L(y, p) + L(y, q)) / 2.',
    source: 'S. Boyd, L. Vandenberghe, "Convex Optimization", Cambridge 2004, equation 3.1.',
    domain,
    tolerance,
    excuse: unclaimed('convex'),
    cases: twoPredictions,
    holds({ loss, dtype }, { yTrue, yPred, other }) {
      const middle = loss(
        yTrue,
        combined(yPred, other, (p, q) => (p + q) / 2),
      );
      const mean = (loss(yTrue, yPred).item() + loss(yTrue, other).item()) / 2;
      expectAtMost(middle.item(), mean, dtype, 'the loss halfway, and the mean of both');
    },
  }),
  defineLaw<LossImplementation, LossCase & { shift: number }>({
    name: 'loss/translation-invariant',
    statement: 'L(y + c, p + c) = L(y, p), with one number c added to all.',
    source: 'It depends on differences p - y alone.',
    domain: `${domain} Shifts from -4 to 4.`,
    tolerance,
    excuse: unclaimed('translationInvariant'),
    cases: (subject) => withNumber(subject, floats(), 'shift'),
    holds({ loss, dtype }, { yTrue, yPred, shift }) {
      const moved = (x: Tensor): Tensor => mapped(x, (value) => value + shift);
      expectNear(loss(moved(yTrue), moved(yPred)).item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase & { factor: number }>({
    name: 'loss/homogeneous',
    statement: 'L(s y, s p) = s^d L(y, p) for s > 0.',
    source: 'A power d of a difference, or a ratio.',
    domain: `${domain} Factors from 1/64 to 4.`,
    tolerance,
    excuse: unclaimed('homogeneous'),
    cases: (subject) => withNumber(subject, floats({ low: 1 / 64 }), 'factor'),
    holds({ loss, dtype, properties }, { yTrue, yPred, factor }) {
      const scaled = (x: Tensor): Tensor => mapped(x, (value) => value * factor);
      const expected = factor ** properties.homogeneous! * loss(yTrue, yPred).item();
      expectNear(loss(scaled(yTrue), scaled(yPred)).item(), expected, dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase & { factor: number }>({
    name: 'loss/scale-invariant',
    statement: 'L(y, s p) = L(y, p) for s > 0.',
    source: 'Predictions are divided by their sum, or by their length, first.',
    domain: `${domain} Factors from 1/64 to 4.`,
    tolerance,
    excuse: unclaimed('scaleInvariant'),
    cases: (subject) => withNumber(subject, floats({ low: 1 / 64 }), 'factor'),
    holds({ loss, dtype }, { yTrue, yPred, factor }) {
      const scaled = mapped(yPred, (value) => value * factor);
      expectNear(loss(yTrue, scaled).item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/complement',
    statement: 'L(1 - y, 1 - p) = L(y, p), or L(1 - y, -z) = L(y, z) for logits z.',
    source: 'Yes and no are exchanged; sigmoid(-z) = 1 - sigmoid(z).',
    domain,
    tolerance,
    excuse: unclaimed('complement'),
    cases: lossCases,
    holds({ loss, dtype, properties }, { yTrue, yPred }) {
      const isLogit = properties.predictions === 'logits';
      const no = mapped(yTrue, (y) => 1 - y);
      const found = loss(
        no,
        mapped(yPred, (p) => (isLogit ? -p : 1 - p)),
      );
      expectNear(found.item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
];

function withNumber<N extends string>(
  subject: LossImplementation,
  numbers: fc.Arbitrary<number>,
  name: N,
): fc.Arbitrary<LossCase & Record<N, number>> {
  return fc
    .record({ drawn: lossCases(subject), number: numbers })
    .map(({ drawn, number }) => ({ ...drawn, ...({ [name]: number } as Record<N, number>) }));
}
