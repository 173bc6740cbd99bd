import type { Parameters, RunDetails } from 'fast-check';
import fc from 'fast-check';
import { checkNumber, checkWhole } from '../../src/options';
import { configuredRuns } from '../configuredRuns';
import { declarations } from './code';
import type { Law, LawOptions, Subject } from './law';
import { LawError } from './lawError';

/** How fast-check is to try a law. */
export interface LawRun {
  readonly parameters: Parameters<[object]>;
  readonly seconds: number;
}

/** What options of a law mean. */
export function lawRun(op: string, options: LawOptions, casesPerRun: number): LawRun {
  const common = fc.readConfigureGlobal();
  const {
    runs = configuredRuns(25),
    seed = common.seed ?? 0,
    seconds = (common.interruptAfterTimeLimit ?? 10_000) / 1000,
    path,
  } = options;
  checkWhole(op, { runs });
  checkWhole(op, { seed }, Number.MIN_SAFE_INTEGER);
  checkNumber(op, { seconds }, [0, Infinity]);
  const parameters = {
    numRuns: Math.ceil(runs * casesPerRun),
    seed,
    ...(path === undefined ? {} : { path }),
    interruptAfterTimeLimit: seconds * 1000,
  };
  return { parameters, seconds };
}

/**
 * How many cases were tried.
 * @throws LawError if the law does not hold.
 */
export function triedCases(
  law: Pick<Law<never>, 'name' | 'statement'>,
  subject: Subject,
  { seconds }: LawRun,
  details: RunDetails<[object]>,
): number {
  if (!details.failed) return details.numRuns;
  const cause = asError(details.errorInstance);
  if (details.counterexample === null) throw notTried(law.name, subject, seconds, cause);
  throw new LawError(law, subject, {
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    code: declarations(details.counterexample[0]),
    cause,
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
}

function notTried(law: string, { name }: Subject, seconds: number, cause: Error): Error {
  const message = `${law} could not be tried for ${name}: no case ended within ${seconds} s.`;
  return new Error(message, { cause });
}
