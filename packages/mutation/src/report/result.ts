import type { Mutant } from '../mutants/mutant';
import type { FailedTest } from '../run/trial';

/**
 * - `killed`: a test failed.
 * - `timeout`: a spec took far longer than it does without the mutant.
 * - `crashed`: the process ended before its specs did.
 * - `survived`: all tests passed.
 * - `uncovered`: no spec comes by it.
 * - `equivalent`: a remark says that no test could notice it; it is not tried, and does not count.
 */
export type Outcome = 'killed' | 'timeout' | 'crashed' | 'survived' | 'uncovered' | 'equivalent';

/** What became of a mutant. */
export interface Result {
  readonly target: string;
  readonly group: string;
  readonly mutant: Mutant;
  readonly outcome: Outcome;
  /** What noticed it. */
  readonly by?: FailedTest | { readonly spec: string; readonly message?: string };
  /** Of spec files that come by it. */
  readonly specs: number;
  readonly seconds: number;
  /** A hash of what this result depends on: another one means that the mutant is tried again. */
  readonly state: string;
}

/** Whether tests noticed it. */
export function isNoticed({ outcome }: Pick<Result, 'outcome'>): boolean {
  return outcome === 'killed' || outcome === 'timeout' || outcome === 'crashed';
}
