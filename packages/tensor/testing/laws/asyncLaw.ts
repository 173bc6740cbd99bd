import fc from 'fast-check';
import type { LawDefinition } from './defineLaw';
import type { Law, LawOptions, Subject } from './law';
import { lawRun, triedCases } from './lawRun';

/** A law of something that answers later: its check returns a promise. */
export interface AsyncLaw<S extends Subject> extends Omit<Law<S>, 'check'> {
  /** Rejects with LawError if it does not hold; otherwise gives how many cases were tried. */
  readonly check: (subject: S, options?: LawOptions) => Promise<number>;
}

/** Such a law as it is written. */
export interface AsyncLawDefinition<S extends Subject, C extends object> extends Omit<
  LawDefinition<S, C>,
  'holds'
> {
  /** Rejects with an Error that says what differed. */
  readonly holds: (subject: S, drawn: C) => Promise<void>;
}

/** Makes a law of its definition. */
export function defineAsyncLaw<S extends Subject, C extends object>({
  cases,
  holds,
  excuse = () => undefined,
  casesPerRun = 1,
  ...law
}: AsyncLawDefinition<S, C>): AsyncLaw<S> {
  const check = async (subject: S, options: LawOptions = {}): Promise<number> => {
    const run = lawRun(law.name, options, casesPerRun);
    const property = fc.asyncProperty(cases(subject), (drawn) => holds(subject, drawn));
    return triedCases(law, subject, run, await fc.check(property, run.parameters));
  };
  return { ...law, excuse, check };
}

/**
 * Checks that all laws that apply to a subject hold, one after the other.
 * @returns a promise that rejects with the error of the first that does not; also if none applies.
 */
export async function checkAsyncLaws<S extends Subject>(
  laws: readonly AsyncLaw<S>[],
  subject: S,
  options: LawOptions = {},
): Promise<void> {
  const excuses = laws.flatMap(({ name, excuse }) => {
    const reason = excuse(subject);
    return reason === undefined ? [] : [`${name}: ${reason}`];
  });
  if (excuses.length === laws.length) {
    throw new Error([`no law applies to ${subject.name}.`, ...excuses].join('\n'));
  }
  for (const { excuse, check } of laws) {
    if (excuse(subject) === undefined) await check(subject, options);
  }
}
