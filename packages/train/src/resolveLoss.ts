import { OptionError } from '@gradus/tensor';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from './crossentropy';
import type { Loss } from './loss';
import { meanAbsoluteError, meanSquaredError } from './losses';

const byName = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  binaryCrossentropy: binaryCrossentropy(),
  categoricalCrossentropy: categoricalCrossentropy(),
  sparseCategoricalCrossentropy: sparseCategoricalCrossentropy(),
} as const;

/** A loss by Keras's name, with its defaults. */
export type LossName = keyof typeof byName;

/**
 * The loss that an option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveLoss(loss: Loss | LossName): Loss {
  if (typeof loss === 'function') return loss;
  if (Object.hasOwn(byName, loss)) return byName[loss];
  throw new OptionError({
    op: 'compile',
    expected: `a loss function or one of ${Object.keys(byName).join(', ')}`,
    received: `'${String(loss)}'`,
  });
}
