import { relu } from '@gradus/autodiff';
import type { Constraint } from './constraint';

/** Makes values below 0 zero. */
export function nonNeg(): Constraint {
  return { kind: 'nonNeg', config: {}, apply: (weight) => relu(weight) };
}
