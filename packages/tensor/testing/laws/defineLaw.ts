import fc from 'fast-check';
import type { Law, LawOptions, Subject } from './law';
import { lawRun, triedCases } from './lawRun';

/** A law as it is written: where it is tried, and what must hold there. */
export interface LawDefinition<S extends Subject, C extends object> extends Omit<
  Law<S>,
  'check' | 'excuse'
> {
  /** Default: it applies to every subject. */
  readonly excuse?: (subject: S) => string | undefined;
  /**
   * How many cases make one run. More than 1 for a law that must be tried in several ways, such as
   * every element type; less where a case is large. Default 1.
   */
  readonly casesPerRun?: number;
  /** Cases that lie in its domain by construction; a record, whose fields failures print as code. */
  readonly cases: (subject: S) => fc.Arbitrary<C>;
  /** @throws Error that says what differed, where, and by how much. */
  readonly holds: (subject: S, drawn: C) => void;
}

/** Makes a law of its definition. */
export function defineLaw<S extends Subject, C extends object>({
  cases,
  holds,
  excuse = () => undefined,
  casesPerRun = 1,
  ...law
}: LawDefinition<S, C>): Law<S> {
  const check = (subject: S, options: LawOptions = {}): number => {
    const run = lawRun(law.name, options, casesPerRun);
    const property = fc.property(cases(subject), (drawn) => holds(subject, drawn));
    return triedCases(law, subject, run, fc.check(property, run.parameters));
  };
  return { ...law, excuse, check };
}
