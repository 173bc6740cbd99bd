import { namedOption } from '../options/namedOption';
import type { Constraint } from './constraint';
import { nonNeg } from './nonNeg';
import { maxNorm, minMaxNorm, unitNorm } from './norms';

const byName = { maxNorm, nonNeg, unitNorm, minMaxNorm } as const;

/** A constraint with its defaults, by name. */
export type ConstraintName = keyof typeof byName;

/** A constraint, or the name of one. */
export type ConstraintLike = Constraint | ConstraintName;

/**
 * The constraint that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveConstraint(option: ConstraintLike): Constraint {
  return namedOption('constraint', option, { byName, isOne: isConstraint });
}

/** Whether something can be used as a constraint. */
export function isConstraint(x: unknown): x is Constraint {
  return typeof x === 'object' && x !== null && 'apply' in x && typeof x.apply === 'function';
}

/** The constraints that a file can name, by their kinds. */
export const constraintFactories = byName;
