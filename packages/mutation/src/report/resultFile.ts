import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Result } from './result';

/** What a run writes with `--json`, and `--write-docs` reads. */
export interface RunReport {
  readonly seed: number;
  readonly sample: number;
  /** The day of the last run, `2026-01-31`. */
  readonly date: string;
  readonly results: readonly Result[];
}

/** A file that is not a report of this program. */
export class ReportMismatch extends Error {
  override readonly name = 'ReportMismatch';
}

/** @throws ReportMismatch if the file holds something else. */
export function readReport(path: string): RunReport {
  const report = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunReport> | null;
  if (typeof report?.seed === 'number' && Array.isArray(report.results)) return report as RunReport;
  throw new ReportMismatch(`${path} was not written by pnpm mutation --json.`);
}

/** The results of a run, in a file that is complete after each of them. */
export class ResultFile {
  private readonly results = new Map<string, Result>();

  /** @param known results of an earlier run that still hold. */
  constructor(
    private readonly path: string | undefined,
    private readonly head: Omit<RunReport, 'results'>,
    known: readonly Result[] = [],
  ) {
    known.forEach((result) => this.results.set(keyOf(result), result));
  }

  /** What an earlier run found of a mutant. */
  get(target: string, key: string): Result | undefined {
    return this.results.get(`${target} ${key}`);
  }

  put(result: Result): void {
    this.results.set(keyOf(result), result);
    this.write();
  }

  /** Forgets results of a package that are of no mutant drawn. */
  keepOnly(target: string, keys: ReadonlySet<string>): void {
    for (const [name, result] of this.results) {
      if (result.target === target && !keys.has(result.mutant.key)) this.results.delete(name);
    }
    this.write();
  }

  all(): Result[] {
    return [...this.results.values()];
  }

  private write(): void {
    if (this.path === undefined) return;
    const report: RunReport = { ...this.head, results: this.all() };
    // A run that is stopped while it writes leaves the file as it was.
    writeFileSync(`${this.path}.part`, `${JSON.stringify(report, undefined, 1)}\n`);
    renameSync(`${this.path}.part`, this.path);
  }
}

/** The results in a file; none if there is no file yet. */
export function knownResults(path: string): readonly Result[] {
  return existsSync(path) ? readReport(path).results : [];
}

function keyOf({ target, mutant }: Result): string {
  return `${target} ${mutant.key}`;
}
