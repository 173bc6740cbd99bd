import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import type { Loss } from './loss';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
  hinge,
  huber,
  kullbackLeiblerDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
  type SampleLoss,
} from '.';

/** Those that make a loss of options; its `kind` is their name. */
export const lossFactories = {
  huber,
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
} as const;

/** The losses by Keras's names, with their defaults. */
export const lossesByName = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  meanAbsolutePercentageError,
  mape: meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  msle: meanSquaredLogarithmicError,
  huber: huber(),
  logCosh,
  hinge,
  squaredHinge,
  categoricalHinge,
  kullbackLeiblerDivergence,
  cosineSimilarity,
  poisson,
  binaryCrossentropy: binaryCrossentropy(),
  categoricalCrossentropy: categoricalCrossentropy(),
  sparseCategoricalCrossentropy: sparseCategoricalCrossentropy(),
  binaryFocalCrossentropy: binaryFocalCrossentropy(),
  categoricalFocalCrossentropy: categoricalFocalCrossentropy(),
} as const satisfies Readonly<Record<string, SampleLoss>>;

/** A loss by Keras's name, with its defaults. */
export type LossName = keyof typeof lossesByName;

/**
 * The loss that an option means.
 * @throws OptionError if there is none of that name, or it makes losses and is none.
 */
export function resolveLoss(loss: Loss | LossName): Loss {
  if (typeof loss === 'function') return checkMade(loss);
  if (Object.hasOwn(lossesByName, loss)) return lossesByName[loss];
  throw new OptionError({
    op: 'compile',
    expected: `a loss function or one of ${Object.keys(lossesByName).join(', ')}`,
    received: inWords(loss),
  });
}

/** A loss without its parentheses would be given targets as its options. */
function checkMade(loss: Loss): Loss {
  const found = Object.entries(lossFactories).find(([, factory]) => Object.is(factory, loss));
  if (found === undefined) return loss;
  throw new OptionError({
    op: 'compile',
    expected: 'a loss function',
    received: `${found[0]}, which makes one`,
    hint: `Call it: ${found[0]}().`,
  });
}
