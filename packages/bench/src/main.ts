import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Benchmark } from './benchmark';
import { measure } from './measure';
import { rowOf, rowsToText, type Row } from './report';
import { kernels } from './suites/kernels';
import { training } from './suites/training';

const suites = [kernels, training];

interface Options {
  readonly suite?: string;
  readonly case?: string;
  readonly json?: string;
}

new Command('bench')
  .description('Times the engines. Run it on an otherwise idle machine.')
  .addOption(
    new Option('--suite <name>', 'only these benchmarks').choices(suites.map(({ name }) => name)),
  )
  .option('--case <text>', 'only benchmarks whose name contains this text')
  .option('--json <file>', 'also write the rows to a file')
  .action((options: Options, command: Command) => {
    const chosen = choose(options);
    if (chosen.length === 0) command.error(`no benchmark's name contains '${options.case}'`);
    const rows = chosen.map(measureOne);
    console.log(`\n${rowsToText(rows)}`);
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
    }
  })
  .parse();

function choose({ suite, case: text = '' }: Options): Benchmark[] {
  return suites
    .filter(({ name }) => suite === undefined || name === suite)
    .flatMap(({ benchmarks }) => benchmarks)
    .filter(({ name }) => name.includes(text));
}

function measureOne(benchmark: Benchmark): Row {
  console.error(`${benchmark.name} ...`);
  return rowOf(benchmark, measure(benchmark));
}
