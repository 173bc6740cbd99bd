import type { LossProperties } from './implementation';

const ofNumbers = { targets: 'numbers', predictions: 'numbers' } as const;
const ofProbabilities = { targets: 'probabilities', predictions: 'probabilities' } as const;
const ofDistributions = { targets: 'distributions', predictions: 'distributions' } as const;

/**
 * What is known of the losses by their names in Keras, with their defaults: which laws apply to them.
 * `...FromLogits` are the cross-entropies whose predictions are logits. A loss of one's own is described
 * likewise.
 */
export const lossProperties = {
  meanSquaredError: {
    ...ofNumbers,
    nonNegative: true,
    atTargets: 'zero',
    symmetric: true,
    convex: true,
    translationInvariant: true,
    homogeneous: 2,
  },
  meanAbsoluteError: {
    ...ofNumbers,
    nonNegative: true,
    atTargets: 'zero',
    symmetric: true,
    convex: true,
    translationInvariant: true,
    homogeneous: 1,
  },
  meanAbsolutePercentageError: {
    targets: 'positive',
    predictions: 'positive',
    nonNegative: true,
    atTargets: 'zero',
    convex: true,
    homogeneous: 0,
  },
  meanSquaredLogarithmicError: {
    targets: 'positive',
    predictions: 'positive',
    nonNegative: true,
    atTargets: 'zero',
    symmetric: true,
  },
  huber: {
    ...ofNumbers,
    nonNegative: true,
    atTargets: 'zero',
    symmetric: true,
    convex: true,
    translationInvariant: true,
  },
  logCosh: {
    ...ofNumbers,
    nonNegative: true,
    atTargets: 'zero',
    symmetric: true,
    convex: true,
    translationInvariant: true,
  },
  hinge: { targets: 'sides', predictions: 'numbers', nonNegative: true, convex: true },
  squaredHinge: { targets: 'sides', predictions: 'numbers', nonNegative: true, convex: true },
  categoricalHinge: { targets: 'oneHot', predictions: 'numbers', nonNegative: true, convex: true },
  kullbackLeiblerDivergence: {
    ...ofDistributions,
    nonNegative: true,
    atTargets: 'zero',
    convex: true,
  },
  cosineSimilarity: {
    targets: 'positive',
    predictions: 'positive',
    atTargets: 'minimum',
    symmetric: true,
    homogeneous: 0,
    scaleInvariant: true,
  },
  poisson: { targets: 'positive', predictions: 'positive', atTargets: 'minimum', convex: true },
  binaryCrossentropy: {
    ...ofProbabilities,
    nonNegative: true,
    atTargets: 'minimum',
    convex: true,
    complement: true,
  },
  binaryCrossentropyFromLogits: {
    targets: 'probabilities',
    predictions: 'logits',
    nonNegative: true,
    convex: true,
    complement: true,
    entropyOf: 'sides',
  },
  categoricalCrossentropy: {
    ...ofDistributions,
    nonNegative: true,
    atTargets: 'minimum',
    convex: true,
    scaleInvariant: true,
  },
  categoricalCrossentropyFromLogits: {
    targets: 'distributions',
    predictions: 'logits',
    nonNegative: true,
    convex: true,
    rowShiftInvariant: true,
    entropyOf: 'rows',
  },
  sparseCategoricalCrossentropy: {
    targets: 'labels',
    predictions: 'distributions',
    nonNegative: true,
    convex: true,
    scaleInvariant: true,
  },
  sparseCategoricalCrossentropyFromLogits: {
    targets: 'labels',
    predictions: 'logits',
    nonNegative: true,
    convex: true,
    rowShiftInvariant: true,
    entropyOf: 'rows',
  },
  binaryFocalCrossentropy: { ...ofProbabilities, nonNegative: true, complement: true },
  categoricalFocalCrossentropy: { ...ofDistributions, nonNegative: true, scaleInvariant: true },
} as const satisfies Readonly<Record<string, LossProperties>>;
