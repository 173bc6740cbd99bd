import type { Mutant } from '../mutants/mutant';
import { remarkOn } from '../remarks/remark';
import { isNoticed, type Result } from '../report/result';
import { groupOf } from '../targets';
import type { Wanted } from './prepare';
import { runTrial, type TrialEnd } from './runTrial';
import { hash } from './sources';
import type { TrialTask } from './trial';
import { specsFor, type KeyedRecord, type PlannedSpec } from './trialPlan';

/** A mutant, and the specs that come by it. */
export interface MutantTrial {
  readonly target: string;
  readonly group: string;
  readonly mutant: Mutant;
  readonly number: number;
  readonly specs: readonly PlannedSpec[];
  readonly isEquivalent: boolean;
  readonly states: States;
}

/** Hashes of what a result depends on: all tests that came by, if none noticed the mutant. */
interface States {
  readonly noticed: string;
  readonly survived: string;
}

/** Whether what an earlier run found still holds. */
export function isKnown({ states }: MutantTrial, known: Result | undefined): boolean {
  if (known === undefined) return false;
  return known.state === (isNoticed(known) ? states.noticed : states.survived);
}

/** What a trial is made of. */
export interface TrialSource {
  readonly mutant: Mutant;
  readonly number: number;
  readonly records: readonly KeyedRecord[];
  readonly text: string;
}

/** The trial of a mutant of a package. */
export function trialOf(
  { target, remarks }: Wanted,
  { mutant, number, records, text }: TrialSource,
): MutantTrial {
  const specs = specsFor({ mutant, keepsCode: target.keepsCode }, records);
  const keys = specs.map(({ key }) => key);
  const isEquivalent = remarkOn(remarks, mutant)?.kind === 'equivalent';
  return {
    target: target.name,
    group: groupOf(target, mutant.file).name,
    mutant,
    number,
    specs,
    isEquivalent,
    states: {
      noticed: hash(`${mutant.key} ${text}`),
      survived: hash(`${mutant.key} ${text} ${isEquivalent ? 'equivalent' : keys.join()}`),
    },
  };
}

/** How a mutant is tried. */
export interface MutantTrialSettings extends Pick<TrialTask, 'root' | 'sources'> {
  /** The program `children/trial`. */
  readonly program: string;
  /** How long a spec may take, by how long it takes without a mutant, milliseconds. */
  readonly limitMs: (usualMs: number) => number;
  /** Ends the processes of trials. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the specs of a mutant with it. */
export async function tryMutant(
  { target, group, mutant, number, specs, isEquivalent, states }: MutantTrial,
  { root, sources, program, limitMs, signal }: MutantTrialSettings,
): Promise<Result> {
  const common = { target, group, mutant, specs: specs.length, state: states.survived };
  if (isEquivalent) return { ...common, outcome: 'equivalent', seconds: 0 };
  if (specs.length === 0) return { ...common, outcome: 'uncovered', seconds: 0 };
  const before = performance.now();
  const usual = new Map(specs.map(({ file, milliseconds }) => [file, milliseconds]));
  const ended = await runTrial(
    { root, sources, mutant: number, specs },
    { program, limitMs: (spec) => limitMs(usual.get(spec) ?? 0), signal },
  );
  const seconds = Math.round((performance.now() - before) / 100) / 10;
  const result = { ...common, ...whatEnded(ended), seconds };
  return isNoticed(result) ? { ...result, state: states.noticed } : result;
}

function whatEnded(ended: TrialEnd): Pick<Result, 'outcome' | 'by'> {
  switch (ended.end) {
    case 'passed':
      return { outcome: 'survived' };
    case 'failed':
      return { outcome: 'killed', by: ended.failed };
    case 'timeout':
      return { outcome: 'timeout', by: { spec: ended.spec } };
    case 'crashed':
      return { outcome: 'crashed', by: { spec: ended.spec, message: ended.reason } };
  }
}
