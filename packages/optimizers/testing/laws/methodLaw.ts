import { defineLaw, type Law, type LawDefinition } from '@gradus/tensor/testing';
import type { OptimizerMethod, OptimizerImplementation } from './implementation';

/** A law of some methods only: of others it says nothing. */
export function methodLaw<C extends object>(
  of: OptimizerMethod | readonly OptimizerMethod[],
  { excuse, ...law }: LawDefinition<OptimizerImplementation, C>,
): Law<OptimizerImplementation> {
  const known: readonly OptimizerMethod[] = typeof of === 'string' ? [of] : of;
  return defineLaw({
    ...law,
    excuse(subject) {
      const { method } = subject;
      if (method !== undefined && known.includes(method)) return excuse?.(subject);
      return `it is ${method ?? 'a method of its own'}, not ${known.join(' or ')}`;
    },
  });
}
