import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import type { FailedTest, SpecTask, TestHits, TrialNews, TrialTask } from '../run/trial';

/*
 * The program of one trial: runs spec files, one after the other, with one mutant switched on, until a
 * test fails. A process of its own, because engines keep kernels and plans that an earlier mutant made.
 */

type MochaClass = typeof Mocha;

/** As in .mocharc.cjs. */
const testLimit = 20_000;

/** The first message: a list of tests may be too long for a command line. */
let task: TrialTask;
/** By number, whether a spec came by the mutant: an array, as that may be the innermost of loops. */
const hits = new Uint8Array(2 ** 16);

async function run(): Promise<void> {
  Object.assign(globalThis, { $mutant: mutantSwitch() });
  loadCompiled();
  const { default: mocha } = (await import('mocha')) as { default: MochaClass };
  for (const spec of task.specs) {
    tell({ begins: spec.file });
    const [before, work] = [performance.now(), process.cpuUsage()];
    const { failed, tests } = await runSpec(mocha, spec);
    if (failed !== undefined) return tell({ failed });
    const { user, system } = process.cpuUsage(work);
    tell({
      ended: spec.file,
      milliseconds: Math.round(performance.now() - before),
      processorMs: Math.round((user + system) / 1000),
      hits: hitsSoFar(),
      tests,
    });
  }
  tell({ done: true });
}

function mutantSwitch(): (number: number) => boolean {
  const { mutant } = task;
  if (mutant !== undefined) return (number) => number === mutant;
  return (number) => {
    hits[number] = 1;
    return false;
  };
}

/** What was come by since it was asked last. */
function hitsSoFar(): number[] {
  const found = [...hits.keys()].filter((number) => hits[number] === 1);
  hits.fill(0);
  return found;
}

/** Has `require` take what is compiled already, so that no trial loads a compiler. */
function loadCompiled(): void {
  const sources = JSON.parse(readFileSync(task.sources, 'utf8')) as Record<string, string>;
  const { extensions } = createRequire(__filename);
  extensions['.ts'] = (module, path) => {
    const file = relative(task.root, path).split(sep).join('/');
    const compiled = sources[file];
    if (compiled === undefined) throw new Error(`${file} was not compiled for this trial.`);
    (module as NodeJS.Module & { _compile(code: string, path: string): void })._compile(
      readFileSync(compiled, 'utf8'),
      path,
    );
  };
}

interface Ran {
  readonly failed: FailedTest | undefined;
  readonly tests: readonly TestHits[];
}

async function runSpec(mocha: MochaClass, spec: SpecTask): Promise<Ran> {
  let failed: FailedTest | undefined;
  const tests: TestHits[] = [];
  const outside = new Set<number>();
  const fail = (test: string, error: unknown): void => {
    failed ??= { spec: spec.file, test, message: messageOf(error) };
  };
  class Listener {
    constructor(runner: Mocha.Runner) {
      runner.on('fail', (test, error) => fail(test.fullTitle(), error));
      if (task.mutant !== undefined) return;
      runner.on('test', () => hitsSoFar().forEach((number) => outside.add(number)));
      runner.on('test end', (test) => {
        const milliseconds = test.duration ?? 0;
        tests.push({ test: test.fullTitle(), milliseconds, hits: hitsSoFar() });
      });
    }
  }
  const running = new mocha({
    bail: true,
    timeout: testLimit,
    reporter: Listener as never,
    ...(spec.tests && { grep: anyOf(spec.tests) }),
  });
  setShrinking(spec.shrinks);
  running.addFile(join(task.root, spec.file));
  try {
    await new Promise<void>((resolve) => running.run(() => resolve()));
  } catch (error) {
    fail('(while the file is loaded)', error);
  }
  outside.forEach((number) => (hits[number] = 1));
  return { failed, tests };
}

/** Matches just these titles. */
function anyOf(titles: readonly string[]): RegExp {
  const literal = titles.map((title) => title.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^(?:${literal.join('|')})$`);
}

interface FastCheck {
  configureGlobal(options: { readonly seed: number; readonly endOnFailure: boolean }): void;
}

/** As in scripts/configureProperties.cjs: the same draws each time. */
const seed = 0;

function setShrinking(shrinks: boolean): void {
  const load = createRequire(join(task.root, 'package.json'));
  (load('fast-check') as FastCheck).configureGlobal({ seed, endOnFailure: !shrinks });
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 200);
}

function tell(news: TrialNews): void {
  process.send!(news);
}

process.once('message', (given: TrialTask) => {
  task = given;
  run().then(
    // What is told must leave the process before it ends.
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
process.on('disconnect', () => process.exit());
