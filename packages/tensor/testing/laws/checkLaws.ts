import type { Law, LawOptions, Subject } from './law';

/** What became of one law. */
export interface LawOutcome {
  /** The law's name. */
  readonly law: string;
  /** Why the law says nothing of the subject, if it does not. */
  readonly excuse?: string;
  /** How many cases were tried, if it holds. */
  readonly cases?: number;
  /** What it threw, if it does not hold. */
  readonly error?: Error;
}

/** Tries each law, whether or not others hold. */
export function tryLaws<S extends Subject>(
  laws: readonly Law<S>[],
  subject: S,
  options: LawOptions = {},
): LawOutcome[] {
  return laws.map((law) => {
    const excuse = law.excuse(subject);
    if (excuse !== undefined) return { law: law.name, excuse };
    try {
      return { law: law.name, cases: law.check(subject, options) };
    } catch (error) {
      return { law: law.name, error: error as Error };
    }
  });
}

/**
 * Checks that all laws that apply to a subject hold.
 * @throws Error with the message of each law that does not; also if none applies, because a check
 * that looks at nothing must not pass.
 */
export function checkLaws<S extends Subject>(
  laws: readonly Law<S>[],
  subject: S,
  options: LawOptions = {},
): void {
  const outcomes = tryLaws(laws, subject, options);
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  const tried = outcomes.filter(({ excuse }) => excuse === undefined).length;
  if (tried === 0) {
    const reasons = outcomes.map(({ law, excuse }) => `${law}: ${excuse}`);
    throw new Error([`no law applies to ${subject.name}.`, ...reasons].join('\n'));
  }
  if (errors.length === 0) return;
  throw new AggregateError(
    errors,
    `${errors.length} of ${tried} laws do not hold for ${subject.name}.\n\n` +
      errors.map(({ message }) => message).join('\n'),
  );
}
