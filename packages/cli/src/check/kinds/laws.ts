import type { Law, Subject } from 'gradus/testing';
import type { CheckSettings } from '../settings';
import { isRecord, type Check, defineKind } from './kind';

/** Laws, and what they are to hold for. */
interface LawsToCheck {
  readonly laws: readonly Law<Subject>[];
  readonly of: Subject;
}

/** Laws of one's own, or any that are published, with what they are to hold for. */
export const lawsKind = defineKind<LawsToCheck>({
  name: 'laws',
  form: '{ laws, of: subject }',
  fits: (exported): exported is LawsToCheck =>
    isRecord(exported) && Array.isArray(exported['laws']) && isRecord(exported['of']),
  nameOf: ({ of: { name } }) => name,
  examine: ({ laws, of }, settings) => ({
    found: `of ${of.name}`,
    checks: lawChecks(laws, of, settings),
  }),
});

/** A check for each law. */
export function lawChecks<S extends Subject>(
  laws: readonly Law<S>[],
  subject: S,
  { runs, seed, seconds }: Pick<CheckSettings, 'runs' | 'seed' | 'seconds'>,
): readonly Check[] {
  return laws.map((law) => ({
    name: law.name,
    run() {
      const excuse = law.excuse(subject);
      if (excuse !== undefined) return { cases: 0, excuse };
      const options = { seed, seconds, ...(runs === undefined ? {} : { runs }) };
      return { cases: law.check(subject, options) };
    },
  }));
}
