import { fill, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { defineLaw, expectClose, mapped, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { asOneHot, lossCases, predictionShapes, targets, type LossCase } from './cases';
import { unclaimed, withoutGradient } from './excuses';
import type { LossImplementation } from './implementation';
import { expectNear, lossTolerance as tolerance } from './within';

/** What cross-entropies of logits obey: numbers of any size, of which only differences count. */
export const logitLaws: readonly Law<LossImplementation>[] = [
  defineLaw<LossImplementation, LossCase & { shift: number }>({
    name: 'loss/logit-shift-invariant',
    statement: 'L(y, z + c) = L(y, z), with one number c added to each row of logits z.',
    source: 'softmax(z + c) = softmax(z).',
    domain: 'Logits from -8 to 8, shifts from -1000 to 1000; float32 and float64.',
    tolerance,
    excuse: unclaimed('rowShiftInvariant'),
    cases: (subject) =>
      fc
        .record({ drawn: lossCases(subject), shift: fc.integer({ min: -1000, max: 1000 }) })
        .map(({ drawn, shift }) => ({ ...drawn, shift })),
    holds({ loss, dtype }, { yTrue, yPred, shift }) {
      const moved = mapped(yPred, (z) => z + shift);
      expectNear(loss(yTrue, moved).item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/large-logits',
    statement: '0 <= L(y, z) - mean(max_j z_j - sum_j y_j z_j) <= log n, for n classes.',
    source: 'm <= log(sum_j e^(z_j)) <= m + log n, with m the largest: logits are not clipped.',
    domain:
      'Logits from -10,000 to 10,000; for yes and no n is 2, and the other logit 0; both types.',
    tolerance,
    excuse: unclaimed('entropyOf'),
    cases: largeCases,
    holds({ loss, dtype, properties }, { yTrue, yPred }) {
      const { least, classes } = boundsOf(properties.entropyOf!, yTrue, yPred);
      const found = loss(yTrue, yPred).item();
      const rounding = tolerance[dtype] * (1 + 2 * largestOf(yPred));
      const most = least + Math.log(classes);
      if (found >= least - rounding && found <= most + rounding) return;
      throw new Error(`expected a loss from ${least} to ${most}; received ${found}.`);
    },
  }),
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/large-logits-have-gradients',
    statement: 'dL/dz = (p - y) / rows, where p is softmax(z), or sigmoid(z), however large z is.',
    source: 'C. M. Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.109.',
    domain: 'Logits from -10,000 to 10,000; float32 and float64.',
    tolerance,
    excuse: withoutGradient('entropyOf'),
    cases: largeCases,
    holds({ gradient, dtype, properties }, { yTrue, yPred }) {
      const ofRows = properties.entropyOf === 'rows';
      const y = distributionOf(yTrue, yPred.shape).toTypedArray();
      const p = (ofRows ? softmaxOf(yPred) : mapped(yPred, sigmoid)).toTypedArray();
      const terms = ofRows ? yPred.size / yPred.shape.at(-1)! : yPred.size;
      const expected = fill(yPred.shape, (n) => (p[n]! - y[n]!) / terms, 'float64');
      expectClose(gradient!(yTrue, yPred), expected, { relative: tolerance[dtype], scale: 1 });
    },
  }),
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/logit-gradient-sums-to-zero',
    statement: 'The gradient adds up to 0 over each row of logits.',
    source: 'One number added to a whole row changes nothing.',
    domain: 'Logits from -8 to 8; float32 and float64.',
    tolerance,
    excuse: withoutGradient('rowShiftInvariant'),
    cases: lossCases,
    holds({ gradient, dtype }, { yTrue, yPred }) {
      const slopes = Array.from(gradient!(yTrue, yPred).toTypedArray());
      const classes = yPred.shape.at(-1)!;
      const rows = yPred.shape.slice(0, -1);
      const sumOf = (row: number): number =>
        slopes.slice(row * classes, (row + 1) * classes).reduce((sum, slope) => sum + slope, 0);
      const sums = fill(rows, sumOf, 'float64');
      expectClose(sums, zeros(rows, 'float64'), { relative: tolerance[dtype], scale: 1 });
    },
  }),
];

function largeCases(subject: LossImplementation): fc.Arbitrary<LossCase> {
  const { dtype } = subject;
  return predictionShapes.chain((shape) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const logits = fc
      .array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: size, maxLength: size })
      .map((values) => fill(shape, (n) => values[n]!, dtype));
    return fc.record({ yTrue: targets(subject, shape), yPred: logits });
  });
}

/** Targets shaped like the predictions, labels as rows of one 1 and zeros. */
function distributionOf(yTrue: Tensor, shape: Shape): Tensor {
  return yTrue.dtype === 'int32' ? asOneHot(yTrue, shape, 'float64') : yTrue;
}

/** What the loss is at least, and for how many classes. */
function boundsOf(kind: 'rows' | 'sides', yTrue: Tensor, yPred: Tensor) {
  const y = distributionOf(yTrue, yPred.shape).toTypedArray();
  const z = Array.from(yPred.toTypedArray());
  const classes = kind === 'rows' ? yPred.shape.at(-1)! : 1;
  const terms = z.length / classes;
  let sum = 0;
  for (let row = 0; row < terms; row++) {
    const logits = z.slice(row * classes, (row + 1) * classes);
    sum += Math.max(...logits, ...(kind === 'rows' ? [] : [0]));
    logits.forEach((logit, i) => (sum -= y[row * classes + i]! * logit));
  }
  return { least: sum / terms, classes: kind === 'rows' ? classes : 2 };
}

function softmaxOf(z: Tensor): Tensor {
  const classes = z.shape.at(-1)!;
  const values = Array.from(z.toTypedArray());
  const rowOf = (n: number): number[] => {
    const first = n - (n % classes);
    return values.slice(first, first + classes);
  };
  const at = (n: number): number => {
    const row = rowOf(n);
    const largest = Math.max(...row);
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
    return Math.exp(values[n]! - largest) / sum;
  };
  return fill(z.shape, at, 'float64');
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function largestOf(x: Tensor): number {
  return Math.max(...Array.from(x.toTypedArray(), Math.abs));
}
