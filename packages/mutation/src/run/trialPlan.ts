import type { Mutant } from '../mutants/mutant';
import type { SpecRecord } from './coverage';
import type { SpecTask } from './trial';

/** A spec that takes a second must be that much likelier to fail than one of a millisecond. */
const byName = 10;
const byFolder = 3;

/** What of a spec file is run with a mutant. */
export interface PlannedSpec extends SpecTask {
  /** Of the record that it is planned by. */
  readonly key: string;
  /** How long that takes without the mutant. */
  readonly milliseconds: number;
}

/** A record under the key by which it is kept. */
export type KeyedRecord = SpecRecord & { readonly key: string };

/** A mutant, and whether what it makes may be kept for later tests: see `Target.keepsCode`. */
export interface PlannedMutant {
  readonly mutant: Mutant;
  readonly keepsCode: boolean;
}

/**
 * The tests that come by a mutant, in the order in which their files are tried: quick ones first, and
 * before them those whose place says that they are about the mutant's file.
 */
export function specsFor(planned: PlannedMutant, records: readonly KeyedRecord[]): PlannedSpec[] {
  const cost = ({ file, milliseconds }: PlannedSpec): number =>
    milliseconds / nearness(file, planned.mutant);
  return records
    .flatMap((record) => plannedSpec(planned, record) ?? [])
    .toSorted((a, b) => cost(a) - cost(b));
}

function plannedSpec(
  { mutant, keepsCode }: PlannedMutant,
  { key, file, shrinks, milliseconds, asked, hits, tests }: KeyedRecord,
): PlannedSpec | undefined {
  const number = asked.indexOf(mutant.key);
  if (hits.includes(number)) return { key, file, shrinks, milliseconds };
  const first = tests.findIndex((test) => test.hits.includes(number));
  if (first < 0) return undefined;
  const chosen = tests.filter((test, i) => (keepsCode ? i >= first : test.hits.includes(number)));
  const spared = totalMs(tests) - totalMs(chosen);
  return {
    ...{ key, file, shrinks, milliseconds: Math.max(0, milliseconds - spared) },
    tests: chosen.map(({ test }) => test),
  };
}

function totalMs(tests: KeyedRecord['tests']): number {
  return tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function nearness(spec: string, { file }: Mutant): number {
  const [place, other] = [spec, file].map((path) => path.replace(/(\.spec)?\.ts$/, '').split('/'));
  if (place!.at(-1) === other!.at(-1)) return byName;
  // Below packages/NAME/test, or src: the same folder?
  return place!.slice(3, -1).join() === other!.slice(3, -1).join() ? byFolder : 1;
}

/**
 * How long a spec may take, by how long it takes without a mutant: far longer, as the machine may be
 * busy, but a loop without end must not cost much.
 */
export function limitMs(milliseconds: number): number {
  return 5 * milliseconds + 3000;
}
