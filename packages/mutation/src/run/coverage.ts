import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runTrial } from './runTrial';
import type { TestHits } from './trial';

/** What is known of a spec file that passes. */
export interface SpecRecord {
  readonly file: string;
  readonly shrinks: boolean;
  /** How long it takes in a process of its own. */
  readonly milliseconds: number;
  /** The same, in time of processors. */
  readonly processorMs: number;
  /** Keys of all mutants that were in the program. The numbers of hits are places in this list. */
  readonly asked: readonly string[];
  /** Mutants that are come by outside of tests, as when the file is loaded. */
  readonly hits: readonly number[];
  readonly tests: readonly TestHits[];
}

/** A spec file that fails without any mutant, and so says nothing. */
export interface BrokenSpec {
  readonly file: string;
  readonly reason: string;
}

/** What it takes to run a spec, once. */
export interface CoverageSettings {
  readonly root: string;
  readonly program: string;
  readonly sources: string;
  /** Keys of the mutants in the program, by number. */
  readonly mutants: readonly string[];
  /** How long a spec may take without a mutant. */
  readonly limitMs: number;
  /** Ends the process. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a spec file without a mutant, and records which mutants it comes by. First without a search for
 * smaller cases; a spec that needs that, because it is about it, runs again with it.
 */
export async function recordSpec(
  file: string,
  { limitMs, program, mutants, signal, ...where }: CoverageSettings,
): Promise<SpecRecord | BrokenSpec> {
  let reason = '';
  for (const shrinks of [false, true]) {
    let record: SpecRecord | undefined;
    const ended = await runTrial(
      { ...where, specs: [{ file, shrinks }] },
      {
        ...{ program, signal, limitMs: () => limitMs },
        passed: ({ ended: _, ...found }) => (record = { file, shrinks, ...found, asked: mutants }),
      },
    );
    if (ended.end === 'passed' && record !== undefined) return record;
    reason = ended.end === 'failed' ? `${ended.failed.test}: ${ended.failed.message}` : ended.end;
  }
  return { file, reason };
}

/** Records that are kept in a file, each under a key that says all that it depends on. */
export class KeptRecords {
  private readonly records: Record<string, SpecRecord>;

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.records = existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, SpecRecord>)
      : {};
  }

  get(key: string): SpecRecord | undefined {
    return this.records[key];
  }

  put(key: string, record: SpecRecord): void {
    this.records[key] = record;
    writeFileSync(this.path, JSON.stringify(this.records));
  }

  /** Forgets all records but those of these keys. */
  keepOnly(keys: readonly string[]): void {
    for (const key of Object.keys(this.records)) {
      if (!keys.includes(key)) delete this.records[key];
    }
    writeFileSync(this.path, JSON.stringify(this.records));
  }
}
