import { extname, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { cases } from './cases';
import { suiteNames, type Case } from './cases/case';
import { engineNames } from './ours/engines';
import { peerNames, type PeerName } from './peers/peers';
import { machine } from './report/machine';
import { ReportFile, ReportMismatch } from './report/reportFile';
import { rowsToText, rowToLine } from './report/rowsToText';
import { writeDocs } from './report/writeDocs';
import { BenchmarkRun } from './run/benchmarkRun';
import { endOnSignals } from './run/endOnSignals';
import { settingsOf, type RunOptions } from './run/runSettings';

/** This file lies in packages/bench/src, or, bundled, in packages/bench/dist. */
const root = join(__dirname, '../../..');
const childProgram = (name: string) => join(__dirname, 'children', name + extname(__filename));

interface Options extends RunOptions {
  readonly suite?: string;
  readonly case?: string;
  readonly json?: string;
  readonly resume: boolean;
  readonly replace: boolean;
  readonly writeDocs?: string;
}

new Command('bench')
  .description('Times the engines, beside peers if any are named. Run it on an idle machine.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addOption(new Option('--suite <name>', 'only these benchmarks').choices(suiteNames))
  .option('--case <text>', 'only benchmarks whose name contains this text')
  .option('--peers <names>', `compare with some of ${peerNames.join(', ')}`, parsePeers, [])
  .addOption(new Option('--engine <name>', 'ours').choices(engineNames).default(engineNames[0]))
  .option('--json <file>', 'also write the rows to a file, after each one')
  .option('--resume', 'measure only what is not in the --json file yet', false)
  .option('--replace', 'keep the rows of other benchmarks in the --json file', false)
  .option('--explain', 'say which algorithm is chosen, and why', false)
  .option('--quick', 'one sample each: that everything works; its numbers mean nothing', false)
  .option('--limit <seconds>', 'how long any one step of a contestant may take', parseSeconds, 60)
  .option('--cache <folder>', "where peers are installed; default the user's cache")
  .option('--write-docs <file>', 'write docs/benchmarks.md from rows of --json; measure nothing')
  .action(async (options: Options, command: Command) => {
    if (options.writeDocs !== undefined) return writeDocs(options.writeDocs, join(root, 'docs'));
    const chosen = cases.filter((one) => isChosen(one, options));
    if (chosen.length === 0) command.error(`error: no benchmark's name contains '${options.case}'`);
    if ((options.resume || options.replace) && options.json === undefined) {
      command.error('error: --resume and --replace need --json');
    }
    await measure(chosen, options);
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(isAboutAFile(error) ? `error: ${error.message}` : error);
    process.exit(isAboutAFile(error) ? 2 : 1);
  });

/** Whether a file that an option names is missing, cannot be written, or holds something else. */
function isAboutAFile(error: unknown): error is Error {
  if (error instanceof ReportMismatch || error instanceof SyntaxError) return true;
  return error instanceof Error && 'syscall' in error;
}

function isChosen({ suite, name }: Case, { suite: wanted, case: text = '' }: Options): boolean {
  return (wanted === undefined || suite === wanted) && name.includes(text);
}

async function measure(chosen: readonly Case[], options: Options): Promise<void> {
  const file = reportFile(options);
  const missing = chosen.filter(({ name }) => !options.resume || file?.has(name) !== true);
  const run = new BenchmarkRun(settingsOf(options, { root, childProgram }), console.error);
  endOnSignals(() => run.end());
  try {
    await run.prepare();
    const rows = [];
    for (const one of missing) {
      console.error(`${one.name} ...`);
      const row = await run.row(one);
      console.log(rowToLine(row));
      file?.put(row, run.versions());
      rows.push(row);
    }
    const all = file?.rows.filter((row) => chosen.some(({ name }) => name === row.case));
    console.log(`\n${rowsToText(all ?? rows)}`);
  } finally {
    run.end();
  }
}

function reportFile({ json, engine, resume, replace }: Options): ReportFile | undefined {
  if (json === undefined) return undefined;
  const file = new ReportFile(json, { machine: machine(), engine });
  if (resume || replace) file.keepRows();
  return file;
}

function parsePeers(text: string): PeerName[] {
  return text.split(',').map((name) => {
    const known = peerNames.find((peer) => peer === name.trim());
    if (known === undefined) throw new InvalidArgumentError(`Known: ${peerNames.join(', ')}.`);
    return known;
  });
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds < 1e6) return seconds;
  throw new InvalidArgumentError('Expected a number above 0.');
}
