import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { cases } from '../cases';
import type { Row } from '../harness/row';
import type { Report } from './report';

/** Why the rows of a file cannot stand beside new ones. */
export class ReportMismatch extends Error {
  override readonly name = 'ReportMismatch';
}

/** What all rows of a report have in common. */
export type ReportHead = Pick<Report, 'machine' | 'engine'>;

/**
 * The file of `--json`. It is complete after every row, and replaced as a whole, so that a run that is
 * stopped leaves all rows that it has finished.
 */
export class ReportFile {
  private report: Report;

  /** Begins anew; what the file holds is replaced with the first row. */
  constructor(
    private readonly path: string,
    head: ReportHead,
  ) {
    accessSync(dirname(path), constants.W_OK);
    this.report = { ...head, versions: {}, rows: [] };
  }

  /**
   * Keeps the rows that the file holds, if it is there.
   * @throws ReportMismatch if they were measured elsewhere, by another Node, or with another engine.
   */
  keepRows(): void {
    if (!existsSync(this.path)) return;
    const earlier = JSON.parse(readFileSync(this.path, 'utf8')) as Report;
    const { machine, engine } = this.report;
    const differences = [
      ...(['processor', 'cores', 'node'] as const)
        .filter((key) => earlier.machine[key] !== machine[key])
        .map((key) => `${key} ${earlier.machine[key]}, not ${machine[key]}`),
      ...(earlier.engine === engine ? [] : [`engine ${earlier.engine}, not ${engine}`]),
    ];
    if (differences.length > 0) {
      throw new ReportMismatch(`${this.path} has rows of ${differences.join('; ')}`);
    }
    this.report = { ...earlier, machine };
  }

  has(name: string): boolean {
    return this.rows.some((row) => row.case === name);
  }

  get rows(): readonly Row[] {
    return this.report.rows;
  }

  /** Adds a row, or replaces the one of the same case, and writes the file. */
  put(row: Row, versions: Report['versions']): void {
    const others = this.rows.filter((one) => one.case !== row.case);
    const rows = [...others, row].toSorted((a, b) => place(a) - place(b));
    this.report = { ...this.report, versions: { ...this.report.versions, ...versions }, rows };
    const part = `${this.path}.part`;
    writeFileSync(part, `${JSON.stringify(this.report, null, 2)}\n`);
    renameSync(part, this.path);
  }
}

/** The place of a row's case among all cases; those that are no longer there come last. */
function place({ case: name }: Row): number {
  const index = cases.findIndex((one) => one.name === name);
  return index < 0 ? cases.length : index;
}
