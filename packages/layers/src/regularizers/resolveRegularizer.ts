import { namedOption } from '../options/namedOption';
import { l1, l1l2, l2 } from './norms';
import type { Regularizer } from './regularizer';

const byName = { l1, l2, l1l2 } as const;

/** A regularizer with its defaults, by name. */
export type RegularizerName = keyof typeof byName;

/** A regularizer, or the name of one. */
export type RegularizerLike = Regularizer | RegularizerName;

/**
 * The regularizer that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveRegularizer(option: RegularizerLike): Regularizer {
  return namedOption('regularizer', option, { byName, isOne: isRegularizer });
}

/** Whether something can be used as a regularizer. */
export function isRegularizer(x: unknown): x is Regularizer {
  return typeof x === 'object' && x !== null && 'penalty' in x && typeof x.penalty === 'function';
}

/** The regularizers that a file can name, by their kinds. */
export const regularizerFactories = byName;
