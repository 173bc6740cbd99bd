import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultFile } from '../report/resultFile';
import { compileAll, type CompiledProgram } from './compileAll';
import { KeptRecords, recordSpec, type SpecRecord } from './coverage';
import type { KeyedRecord } from './trialPlan';
import { inParallel } from './inParallel';
import { isKnown, trialOf, tryMutant, type MutantTrialSettings } from './mutantTrial';
import { prepare, type Wanted } from './prepare';
import { Progress } from './progress';
import { Sources } from './sources';

/** How mutants are tried. */
export interface RunSettings extends Omit<MutantTrialSettings, 'sources'> {
  /** Where compiled files and what is known of specs are kept. */
  readonly cache: string;
  /** Trials at a time. */
  readonly jobs: number;
  readonly results: ResultFile;
  readonly say: (line: string) => void;
}

/** How long a spec may take without a mutant, milliseconds. */
const cleanLimitMs = 900_000;

/** Tries a sample of the mutants of a package; returns the specs that fail without any. */
export async function tryMutants(wanted: Wanted, settings: RunSettings): Promise<string[]> {
  const { root, cache, say, results } = settings;
  const { name } = wanted.target;
  mkdirSync(cache, { recursive: true });
  const sources = new Sources(root, join(cache, 'compiled'));
  const { found, leftOut, drawn } = prepare(sources, wanted, join(cache, 'legal.json'));
  say(`${name}: ${found} mutants, ${leftOut} left out, ${drawn.length} drawn`);
  const keep = new Set(drawn.map(({ key }) => key));
  if (wanted.file === undefined) results.keepOnly(name, keep);
  const map = join(cache, `${name}.json`);
  const program = compileAll(sources, { target: name, mutants: drawn, map });
  const { records, broken } = await recordSpecs(
    name,
    { ...program, mutants: drawn.map(({ key }) => key) },
    settings,
  );
  const trials = drawn.map((mutant, number) =>
    trialOf(wanted, { mutant, number, records, text: sources.text(mutant.file) }),
  );
  // By their keys, which are as good as random: what is done so far is a fair sample of the whole.
  const missing = trials
    .filter((trial) => !isKnown(trial, results.get(name, trial.mutant.key)))
    .toSorted((a, b) => (a.mutant.key < b.mutant.key ? -1 : 1));
  const progress = new Progress(name, missing.length, say);
  await inParallel(missing, settings.jobs, async (trial) => {
    const result = await tryMutant(trial, { ...settings, sources: map });
    results.put(result);
    progress.add(result);
  });
  return broken;
}

/** What is known of the specs of a package: how long they take, and which mutants they come by. */
async function recordSpecs(
  name: string,
  { map, specs, mutants }: CompiledProgram & { readonly mutants: readonly string[] },
  { root, cache, program, jobs, say, signal }: RunSettings,
): Promise<{ records: KeyedRecord[]; broken: string[] }> {
  const kept = new KeptRecords(join(cache, `${name}Specs.json`));
  kept.keepOnly(specs.map(({ key }) => key));
  const broken: string[] = [];
  const unknown = specs.filter(({ key }) => !isComplete(kept.get(key), mutants));
  if (unknown.length > 0) say(`${name}: runs ${unknown.length} specs without mutants`);
  const common = { root, program, sources: map, limitMs: cleanLimitMs, signal };
  await inParallel(unknown, jobs, async ({ file, key }) => {
    const record = await recordSpec(file, { ...common, mutants });
    if ('reason' in record) {
      broken.push(file);
      say(`${file} is left out, as it fails without a mutant: ${record.reason}`);
    } else kept.put(key, record);
  });
  const records = specs.flatMap(({ key }) => {
    const record = kept.get(key);
    return record === undefined ? [] : [{ ...record, key }];
  });
  return { records, broken };
}

/** Whether a spec was asked about all of the mutants. */
function isComplete(record: SpecRecord | undefined, mutants: readonly string[]): boolean {
  const asked = new Set(record?.asked);
  return record !== undefined && mutants.every((key) => asked.has(key));
}
