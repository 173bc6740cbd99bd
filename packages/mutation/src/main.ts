import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { extname, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mutationPage } from './report/mutationPage';
import { knownResults, readReport, ReportMismatch, ResultFile } from './report/resultFile';
import { scoresOf, scoreToLine } from './report/scores';
import { allRemarks } from './remarks';
import { IdleRemarks, mutantWithRemark, remarkOn } from './remarks/remark';
import { tryMutants } from './run/mutationRun';
import { prepare, type Wanted } from './run/prepare';
import { removeTrialFolders } from './run/runTrial';
import { Sources } from './run/sources';
import { limitMs } from './run/trialPlan';
import { targets } from './targets';

/** This file lies in packages/mutation/src, or, bundled, in packages/mutation/dist. */
const root = join(__dirname, '../../..');
const program = join(__dirname, `children/trial${extname(__filename)}`);
const cache = join(root, 'node_modules/.cache/gradus-mutation');

/** However small a group of files: a sixth of the sample, if it has so many mutants. */
const shareOfGroup = 1 / 6;

interface Options {
  readonly package?: string;
  readonly sample: number;
  readonly seed: number;
  readonly file?: string;
  readonly jobs: number;
  readonly json?: string;
  readonly resume: boolean;
  readonly list: boolean;
  readonly writeDocs?: string;
}

new Command('mutation')
  .description('Plants small errors in the code and counts those that the tests notice.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .addOption(
    new Option('--package <name>', 'only of this package').choices(targets.map(({ name }) => name)),
  )
  .option('--sample <number>', 'how many mutants of each package are drawn', whole(1), 300)
  .option('--seed <number>', 'of the draw', whole(0), 1)
  .option('--file <text>', 'only mutants of files whose path contains this')
  .option('--jobs <number>', 'how many mutants are tried at a time', whole(1), 2)
  .option('--json <file>', 'also write the results to a file, after each one')
  .option('--resume', 'keep results in the --json file; try the others, and survivors again', false)
  .option('--list', 'print the mutants that are drawn; try none', false)
  .option('--write-docs <file>', 'write docs/mutation.md from results of --json; try none')
  .action(async (options: Options, command: Command) => {
    if (options.writeDocs !== undefined) return writeDocs(options.writeDocs);
    if (options.resume && options.json === undefined) {
      command.error('error: --resume needs --json');
    }
    if (options.list) return list(options);
    await run(options);
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(isExpected(error) ? `error: ${error.message}` : error);
    process.exit(isExpected(error) ? 2 : 1);
  });

/** Whether remarks are out of date, or a file is missing, cannot be written, or holds something else. */
function isExpected(error: unknown): error is Error {
  if (error instanceof IdleRemarks || error instanceof ReportMismatch) return true;
  if (error instanceof SyntaxError) return true;
  return error instanceof Error && 'syscall' in error;
}

function writeDocs(file: string): void {
  const page = mutationPage(readReport(file), { targets, remarks: allRemarks });
  writeFileSync(join(root, 'docs/mutation.md'), page);
}

function wantedOf({ package: name, sample, seed, file }: Options): Wanted[] {
  return targets
    .filter((target) => name === undefined || target.name === name)
    .map((target) => ({
      target,
      remarks: allRemarks.find((one) => one.target === target.name)!,
      size: { mutants: sample, ofGroup: Math.ceil(shareOfGroup * sample), seed },
      file,
    }));
}

function list(options: Options): void {
  const sources = new Sources(root, join(cache, 'compiled'));
  for (const wanted of wantedOf(options)) {
    const { drawn } = prepare(sources, wanted, join(cache, 'legal.json'));
    for (const one of drawn) console.log(mutantWithRemark(one, remarkOn(wanted.remarks, one)));
  }
}

async function run(options: Options): Promise<void> {
  const { json, seed, sample, jobs, resume } = options;
  const known = resume && json !== undefined ? knownResults(json) : [];
  const results = new ResultFile(json, { seed, sample, date: today() }, known);
  const ending = new AbortController();
  process.once('exit', removeTrialFolders);
  // Not `once`: npm and the shell may both send it, and the second would end this before it has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ending.abort();
      process.exit(128 + constants.signals[signal]);
    });
  }
  const say = (line: string): void => console.error(line);
  const settings = { root, cache, program, jobs, limitMs, results, say, signal: ending.signal };
  const broken: string[] = [];
  for (const wanted of wantedOf(options)) broken.push(...(await tryMutants(wanted, settings)));
  for (const { target } of wantedOf(options)) {
    for (const score of scoresOf(target, results.all())) console.log(scoreToLine(score));
  }
  if (broken.length === 0) return;
  console.error(`${broken.length} specs were left out, as they fail without a mutant.`);
  process.exitCode = 1;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
  };
}
