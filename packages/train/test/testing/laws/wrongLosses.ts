import {
  abs,
  add,
  clip,
  log,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  reshape,
  square,
  sub,
  sum,
} from '@gradus/autodiff';
import { range, type FloatDType, type Tensor } from '@gradus/tensor';
import { meanSquaredError } from '../../../src/losses';
import {
  lossOf,
  lossProperties,
  type LossImplementation,
  type LossProperties,
} from '../../../testing/index';

/** What is wrong, how it is computed or what is claimed of it, and the law that must say so. */
type Wrong = readonly [what: string, parts: Partial<LossImplementation>, law: string];

type Compute = (yTrue: Tensor, yPred: Tensor) => Tensor;

function computed(properties: LossProperties, loss: Compute): LossImplementation {
  return lossOf('a loss', loss, properties, { dtype: 'float64' });
}

/** A right one. */
export const soundLoss: LossImplementation = computed(
  lossProperties.meanSquaredError,
  meanSquaredError,
);

const { meanSquaredError: squared, sparseCategoricalCrossentropyFromLogits: entropy } =
  lossProperties;
const { binaryCrossentropyFromLogits: sides } = lossProperties;

const difference: Compute = (y, p) => sub(p, y);

/** The mean of -log p of the right class. */
const entropyOf =
  (logarithms: (z: Tensor) => Tensor): Compute =>
  (labels, z) => {
    const truth = oneHot(labels, z.shape.at(-1)!, z.dtype as FloatDType);
    return neg(mean(sum(mul(truth, logarithms(z)), { axis: -1 })));
  };

const plainEntropy = entropyOf(logSoftmax);

/** A gradient multiplied with a number. */
function withGradient(
  properties: LossProperties,
  loss: Compute,
  factor: number,
): LossImplementation {
  const right = computed(properties, loss);
  return { ...right, gradient: (y, p) => mul(right.gradient!(y, p), factor) };
}

/** Errors that people make in losses. */
export const wrongLosses: readonly Wrong[] = [
  ['forgets the magnitude', computed(squared, (y, p) => mean(difference(y, p))), 'non-negative'],
  [
    'is least halfway',
    computed(squared, (y, p) => mean(square(sub(mul(p, 2), y)))),
    'least-at-targets',
  ],
  [
    'divides by the target',
    computed(squared, (y, p) => mean(abs(mul(difference(y, p), y)))),
    'symmetric',
  ],
  [
    'flattens',
    computed(squared, (y, p) => mean(clip(abs(difference(y, p)), { max: 1 }))),
    'convex',
  ],
  [
    'counts the size of predictions',
    computed(squared, (y, p) => mean(add(square(difference(y, p)), abs(p)))),
    'translation-invariant',
  ],
  [
    'adds a bound',
    computed(squared, (y, p) => add(mean(square(difference(y, p))), 1e-7)),
    'homogeneous',
  ],
  [
    'takes no lengths',
    computed(lossProperties.cosineSimilarity, (y, p) => neg(mean(mul(y, p)))),
    'scale-invariant',
  ],
  [
    'forgets the other half',
    computed(lossProperties.binaryCrossentropy, (y, p) => neg(mean(mul(y, log(p))))),
    'complement',
  ],
  [
    'adds samples up',
    computed(squared, (y, p) => sum(square(difference(y, p)))),
    'mean-of-samples',
  ],
  [
    'overflows where there are several samples',
    computed(squared, (y, p) => mul(meanSquaredError(y, p), p.shape[0]! > 1 ? Infinity : 1)),
    'mean-of-samples',
  ],
  [
    'weighs samples by their place',
    computed(squared, weighedAlong(0)),
    'sample-permutation-invariant',
  ],
  [
    'weighs classes by their place',
    computed(squared, weighedAlong(-1)),
    'class-permutation-invariant',
  ],
  [
    'clips logits to probabilities',
    computed(
      entropy,
      entropyOf((z) => logSoftmax(clip(z, { min: 1e-7, max: 1 - 1e-7 }))),
    ),
    'logit-shift-invariant',
  ],
  [
    'clips logits at 100',
    computed(
      entropy,
      entropyOf((z) => logSoftmax(clip(z, { min: -100, max: 100 }))),
    ),
    'large-logits',
  ],
  [
    'takes logarithms of probabilities',
    computed(sides, (y, z) => neg(mean(mul(y, log(clip(z, { min: 1e-7 })))))),
    'large-logits-have-gradients',
  ],
  [
    'has a gradient of the right class alone',
    {
      ...computed(entropy, plainEntropy),
      gradient: (labels, z) => neg(oneHot(labels, z.shape.at(-1)!, 'float64')),
    },
    'logit-gradient-sums-to-zero',
  ],
  [
    'has a gradient of the wrong sign',
    withGradient(squared, meanSquaredError, -1),
    'above-its-tangents',
  ],
  ['has half the gradient', withGradient(squared, meanSquaredError, 0.5), 'above-its-tangents'],
  [
    'has the gradient of the sum',
    { ...soundLoss, gradient: (y, p) => mul(difference(y, p), 2) },
    'gradient-of-each-sample-apart',
  ],
];

/** Squares that count 1, 2, 3... along an axis, divided by the sum of these. */
function weighedAlong(axis: number): Compute {
  return (y, p) => {
    const at = axis < 0 ? p.rank + axis : axis;
    const size = p.shape[at]!;
    const shape = p.shape.map((_, i) => (i === at ? size : 1));
    const weights = reshape(range(1, size + 1, { dtype: 'float64' }), shape);
    return mean(mul(square(difference(y, p)), weights));
  };
}
