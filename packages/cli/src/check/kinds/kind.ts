import type { CheckSettings } from '../settings';

/** What came of a check that found nothing wrong. */
export interface Checked {
  /** How many cases were tried. */
  readonly cases: number;
  /** Why none was, if it says nothing of this subject or cannot be made. */
  readonly excuse?: string | undefined;
  /** What else is to be known of it. */
  readonly note?: string | undefined;
}

/** A line of the report: one thing that is tried by itself. */
export interface Check {
  /** A law, an engine, a part of a contract. */
  readonly name: string;
  /** @throws Error that explains what does not hold. */
  readonly run: () => Checked;
}

/** What is found in something before it is checked. */
export interface Findings {
  /** A few words on what it is, as its shapes. */
  readonly found: string;
  readonly checks: readonly Check[];
}

/** Something that can be checked. */
export interface Candidate {
  /** How its kind is called in the report. */
  readonly kind: string;
  /** What it calls itself. */
  readonly ownName: string | undefined;
  /**
   * @throws Failure if it lacks something to be checked with.
   * @throws what the code that is checked throws when it is looked at.
   */
  readonly examine: (settings: CheckSettings) => Findings;
}

/** A sort of thing that can be checked. */
export interface Kind {
  readonly name: string;
  /** How one exports it, in words of TypeScript. */
  readonly form: string;
  /** Gives nothing if it is something else. */
  readonly recognise: (exported: unknown) => Candidate | undefined;
}

/** What a kind is made of. */
interface KindDefinition<T> extends Pick<Kind, 'name' | 'form'> {
  readonly fits: (exported: unknown) => exported is T;
  readonly nameOf: (exported: T) => string | undefined;
  readonly examine: (exported: T, settings: CheckSettings) => Findings;
}

/** Makes a kind of what is told of it. */
export function defineKind<T>({ name, form, fits, nameOf, examine }: KindDefinition<T>): Kind {
  return {
    name,
    form,
    recognise(exported) {
      if (!fits(exported)) return undefined;
      return {
        kind: name,
        ownName: nameOf(exported),
        examine: (settings) => examine(exported, settings),
      };
    },
  };
}

/** Whether something is an object with fields. */
export function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}
