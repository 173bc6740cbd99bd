import fc from 'fast-check';
import type { Backend } from '../src/index';
import type { CheckOptions } from './checkCall';

/** Something that holds for every engine. */
export interface Law {
  /** A sentence whose subject is the engine. */
  readonly title: string;
  /** @throws Error if it does not hold, with the smallest case found. */
  readonly check: (backend: Backend, options?: CheckOptions) => void;
}

/** Tries a law on generated cases; a time limit keeps a slow engine from running for minutes. */
export function forAll<T>(
  cases: fc.Arbitrary<T>,
  { numRuns = 25 }: CheckOptions,
  check: (value: T) => void,
): void {
  fc.assert(fc.property(cases, check), {
    numRuns,
    interruptAfterTimeLimit: 10_000,
    includeErrorInReport: true,
  });
}
