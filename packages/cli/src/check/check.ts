import { Failure } from '../failure';
import type { OutputStream } from '../terminal';
import { loadFastCheck } from './fastCheck';
import { libraryFor, ownLibrary } from './library';
import { portOf, type PortOptions } from './port';
import { reportTo, summaryOf } from './report';
import { runChecks, type Result } from './runChecks';
import type { CheckSettings, Library } from './settings';
import { subjectsOf, type Sorted } from './subjects';
import { importFile } from './userModule';

/** What to check, and how. */
export interface CheckOptions {
  /** What exports it, or else a program. */
  readonly file?: string | undefined;
  readonly port?: PortOptions | undefined;
  readonly runs?: number | undefined;
  readonly seed: number;
  /** The only engine to compute on. */
  readonly engine?: string | undefined;
  readonly only?: string | undefined;
  /** Of one check, in seconds. */
  readonly timeLimit: number;
  readonly json: boolean;
}

/**
 * Checks what a file exports, or a program, and reports.
 * @returns whether everything holds.
 * @throws Failure if the file cannot be loaded, or there is nothing to check.
 */
export async function check(options: CheckOptions, output: OutputStream): Promise<boolean> {
  const { file, port } = options;
  if ((file === undefined) === (port === undefined)) {
    throw new Failure('expected a file, or --command with a program, and not both.');
  }
  if (port !== undefined) return checkPort(options, port, output);
  const exports = await importFile(file!);
  const library = await libraryFor(file!);
  const sorted = await subjectsOf(file!, exports, library);
  return report(options, await settingsOf(options, library), { sorted, output });
}

async function checkPort(
  options: CheckOptions,
  port: PortOptions,
  output: OutputStream,
): Promise<boolean> {
  const { subject, end } = await portOf(port, options.timeLimit);
  const sorted = { subjects: [subject], others: [] };
  try {
    return report(options, await settingsOf(options, await ownLibrary()), { sorted, output });
  } finally {
    end();
  }
}

async function settingsOf(
  { engine, runs, seed, timeLimit }: CheckOptions,
  library: Library,
): Promise<CheckSettings> {
  const engines = library.testing.engines.filter(({ name }) => name === (engine ?? name));
  // What ends by itself after half of the limit is not broken off.
  const limits = { runs, seed, seconds: timeLimit / 2 };
  return { ...library, ...limits, engines, fastCheck: await loadFastCheck() };
}

/** Makes the checks and tells what comes of them; gives whether everything holds. */
function report(
  { only, timeLimit, json }: CheckOptions,
  settings: CheckSettings,
  { sorted, output }: { readonly sorted: Sorted; readonly output: OutputStream },
): boolean {
  const started = performance.now();
  const listener = json ? silent : reportTo(output);
  const results = runChecks(sorted.subjects, settings, { only, timeLimit, ...listener });
  if (results.every(({ outcome }) => outcome === 'not tried')) {
    throw new Failure('nothing could be tried.');
  }
  if (json) output.write(`${JSON.stringify(results, undefined, 2)}\n`);
  else {
    const { others } = sorted;
    if (others.length > 0) output.write(`\nNothing to check: ${others.join(', ')}.\n`);
    output.write(summaryOf(results, (performance.now() - started) / 1000, settings.seed));
  }
  return holds(results);
}

function holds(results: readonly Result[]): boolean {
  return results.every(({ outcome }) => outcome !== 'fails');
}

const silent = { begin: () => {}, result: () => {} };
