import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { adadelta } from './adadelta';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamax } from './adamax';
import { adamW } from './adamW';
import { nadam } from './nadam';
import { Optimizer } from './optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** The functions that make optimizers, by their names. */
export const optimizersByKind = {
  sgd,
  rmsprop,
  adam,
  adamW,
  adagrad,
  adadelta,
  adamax,
  nadam,
} as const;

/** Keras writes names of optimizers in small letters. */
const byName = { ...optimizersByKind, adamw: adamW } as const;

/** An optimizer by Keras's name, with its defaults. */
export type OptimizerName = keyof typeof byName;

/**
 * The optimizer that an option means: a new one for a name.
 * @throws OptionError if there is none of that name.
 */
export function resolveOptimizer(optimizer: Optimizer | OptimizerName): Optimizer {
  if (optimizer instanceof Optimizer) return optimizer;
  if (Object.hasOwn(byName, optimizer ?? '')) return byName[optimizer]();
  throw new OptionError({
    op: 'compile',
    expected: `an optimizer or one of ${Object.keys(byName).join(', ')}`,
    received: inWords(optimizer),
  });
}
