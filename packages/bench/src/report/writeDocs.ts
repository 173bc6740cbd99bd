import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchmarksPage } from './benchmarksPage';
import { ratioChart } from './ratioChart';
import type { Report } from './report';

/** Writes benchmarks.md and its chart into the folder of the documentation. */
export function writeDocs(reportFile: string, docs: string): void {
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  mkdirSync(join(docs, 'images'), { recursive: true });
  writeFileSync(join(docs, 'images/benchmarks.svg'), ratioChart(report.rows));
  writeFileSync(join(docs, 'benchmarks.md'), benchmarksPage(report));
}
