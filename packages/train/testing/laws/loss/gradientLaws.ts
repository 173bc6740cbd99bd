import type { Tensor } from '@gradus/tensor';
import { combined, defineLaw, expectClose, mapped, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { lossCases, twoPredictions, type LossCase } from './cases';
import { withoutGradient } from './excuses';
import type { LossImplementation } from './implementation';
import { sample } from './sampleLaws';
import { expectAtMost, lossTolerance as tolerance } from './within';

/** What the gradients of a loss obey. */
export const gradientLaws: readonly Law<LossImplementation>[] = [
  defineLaw<LossImplementation, LossCase & { other: Tensor; step: number }>({
    name: 'loss/above-its-tangents',
    statement: 'L(y, q) >= L(y, p) + <dL/dp, q - p> where L is convex.',
    source: 'S. Boyd, L. Vandenberghe, "Convex Optimization", Cambridge 2004, equation 3.2.',
    domain:
      'Also at kinks, where any slope between those of both sides will do; q near p, and far.',
    tolerance,
    excuse: withoutGradient('convex'),
    cases: (subject) =>
      fc
        .record({ drawn: twoPredictions(subject), step: fc.constantFrom(1, 1 / 4, 1 / 64) })
        .map(({ drawn, step }) => ({ ...drawn, step })),
    holds({ loss, gradient, dtype }, { yTrue, yPred, other: far, step }) {
      // A slope that is too flat shows in a short step only.
      const other = combined(yPred, far, (p, q) => p + step * (q - p));
      const way = combined(other, yPred, (q, p) => q - p);
      const rise = combined(way, gradient!(yTrue, yPred), (by, slope) => by * slope);
      const tangent = loss(yTrue, yPred).item() + sumOf(rise);
      expectAtMost(tangent, loss(yTrue, other).item(), dtype, 'the tangent and the loss');
    },
  }),
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/gradient-of-each-sample-apart',
    statement: 'dL/dp_n = (1 / N) dL(y_n, p_n)/dp_n, for N samples.',
    source: 'The loss is the mean of the losses of samples.',
    domain: 'Batches of 1 to 4 samples; float32 and float64.',
    tolerance,
    excuse: withoutGradient(),
    cases: lossCases,
    holds({ gradient, dtype }, { yTrue, yPred }) {
      const batch = yPred.shape[0]!;
      const whole = gradient!(yTrue, yPred);
      for (let n = 0; n < batch; n++) {
        const alone = gradient!(sample(yTrue, n), sample(yPred, n));
        const expected = mapped(alone, (slope) => slope / batch);
        const sizes = Array.from(expected.toTypedArray(), Math.abs).filter(Number.isFinite);
        const scale = Math.max(1, ...sizes);
        expectClose(sample(whole, n), expected, { relative: tolerance[dtype], scale });
      }
    },
  }),
];

function sumOf(x: Tensor): number {
  return Array.from(x.toTypedArray()).reduce((sum, value) => sum + value, 0);
}
