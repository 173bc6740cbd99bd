import { Failure } from '../failure';
import { TimeUp, withinTime } from './withinTime';
import type { Check, Findings } from './kinds';
import type { CheckSettings } from './settings';
import type { Subject } from './subjects';

/** What came of one check. */
export interface Result {
  readonly subject: string;
  readonly check: string;
  readonly outcome: 'holds' | 'fails' | 'not tried';
  /** How many cases were tried. */
  readonly cases: number;
  readonly seconds: number;
  /** What does not hold, why it was not tried, or what else is to be known. */
  readonly message?: string;
}

/** Who is told what comes of the checks, one after the other. */
export interface Listener {
  /** Before the checks of a subject: what it was found to be. */
  readonly begin: (subject: Subject, found: string) => void;
  readonly result: (result: Result) => void;
}

/** What to check, and for how long. */
export interface RunOptions {
  /** Part of a check's name, `subject: check`; others are left out. */
  readonly only?: string | undefined;
  /** A check that takes longer is broken off, and the last. */
  readonly timeLimit: number;
}

/**
 * Makes all checks of the subjects.
 * @throws Failure if something lacks what it is to be checked with, or `only` fits no check.
 */
export function runChecks(
  subjects: readonly Subject[],
  settings: CheckSettings,
  { only = '', timeLimit, begin, result: tell }: RunOptions & Listener,
): Result[] {
  const results: Result[] = [];
  const add = (result: Result): void => {
    results.push(result);
    tell(result);
  };
  const wanted = (name: string) => (check: Check) =>
    `${name}: ${check.name}`.toLowerCase().includes(only.toLowerCase());
  try {
    for (const subject of subjects) {
      const { found, checks, unmade } = examined(subject, settings, timeLimit);
      const chosen = unmade ?? checks.filter(wanted(subject.name));
      if (chosen.length === 0) continue;
      begin(subject, found);
      for (const check of chosen) add(resultOf(subject.name, check, timeLimit));
    }
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    add(error.result);
  }
  if (results.length > 0 || only === '') return results;
  throw new Failure(`--only ${only}: no check has this in its name.`);
}

/** After a check that did not end, nothing can be relied on. */
class BrokenOff extends Error {
  constructor(readonly result: Result) {
    super(result.message);
  }
}

/** What a subject is; if it cannot even be looked at, that is what does not hold. */
function examined(
  { name, examine }: Subject,
  settings: CheckSettings,
  timeLimit: number,
): Findings & { readonly unmade?: readonly Check[] } {
  try {
    return withinTime(timeLimit, () => examine(settings));
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${name}: ${error.message}`);
    const run = (): never => {
      throw error;
    };
    return { found: '', checks: [], unmade: [{ name: 'can be made', run }] };
  }
}

function resultOf(subject: string, { name: check, run }: Check, timeLimit: number): Result {
  const started = performance.now();
  const ended = (): Pick<Result, 'subject' | 'check' | 'seconds'> => ({
    ...{ subject, check },
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const { cases, excuse, note } = withinTime(timeLimit, run);
    if (excuse !== undefined) return { ...ended(), outcome: 'not tried', cases, message: excuse };
    return { ...ended(), outcome: 'holds', cases, ...(note !== undefined && { message: note }) };
  } catch (error) {
    if (error instanceof TimeUp) throw brokenOff(subject, check, error);
    const message = error instanceof Error ? error.message : `thrown: ${String(error)}`;
    return { ...ended(), outcome: 'fails', cases: 0, message };
  }
}

function brokenOff(subject: string, check: string, { message, seconds }: TimeUp): BrokenOff {
  return new BrokenOff({
    ...{ subject, check, seconds, outcome: 'fails', cases: 0 },
    message: `${message} What follows it was not tried.`,
  });
}
