import { tryLaws, type Law, type LawOutcome, type Subject } from 'gradus/testing';

/** An error that a library has had: what is written beside it. */
export interface Label {
  /** Its number in the museum; several exhibits may share one. */
  readonly entry: number;
  readonly title: string;
  /** Whose it is, and where it was reported. */
  readonly source: string;
  /** What was wrong, in two sentences. */
  readonly error: string;
  /** The published laws or checks that must catch it, by name. */
  readonly caughtBy: readonly string[];
}

/** An error, made again in a small implementation, and the published checks that look at it. */
export interface Exhibit extends Label {
  /** Tries the checks that are about such a thing: those of these names, or all. */
  readonly examine: (state: State, names?: readonly string[]) => readonly LawOutcome[];
}

/** As it was, or as it should have been: what finds an error must find nothing where there is none. */
export type State = 'wrong' | 'mended';

/** An exhibit that laws examine. */
export function lawExhibit<S extends Subject>({
  laws,
  subject,
  runs = 25,
  ...label
}: Label & {
  readonly laws: readonly Law<S>[];
  readonly subject: (state: State) => S;
  /** Cases to draw for each law; more where few cases show the error. Default 25. */
  readonly runs?: number;
}): Exhibit {
  return {
    ...label,
    examine(state, names) {
      const chosen = laws.filter(({ name }) => names?.includes(name) ?? true);
      return tryLaws(chosen, subject(state), { runs });
    },
  };
}

/** An exhibit that a check examines which is no law: it throws if it finds something. */
export function checkExhibit({
  check,
  ...label
}: Omit<Label, 'caughtBy'> & {
  /** By its name. */
  readonly check: readonly [name: string, run: (state: State) => void];
}): Exhibit {
  const [law, run] = check;
  return {
    ...label,
    caughtBy: [law],
    examine: (state) => {
      try {
        run(state);
        return [{ law }];
      } catch (error) {
        return [{ law, error: error as Error }];
      }
    },
  };
}
