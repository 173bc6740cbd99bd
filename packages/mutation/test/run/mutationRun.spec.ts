import { expect } from 'chai';
import { join } from 'node:path';
import { changeOf } from '../../src/mutants/mutant';
import { knownResults, ResultFile } from '../../src/report/resultFile';
import type { Remark } from '../../src/remarks/remark';
import { tryMutants } from '../../src/run/mutationRun';
import { PlantedProject } from './plantedProject';

const spec = 'packages/planted/test/numbers.spec.ts';

describe('A run over a package with tests that miss something', function () {
  this.timeout(60_000);
  let project: PlantedProject;
  let lines: string[];
  before(() => (project = new PlantedProject()));
  after(() => project.remove());

  /** Outcomes by `operator: change`, of the mutants that were tried or were known. */
  async function run(remarks: readonly Remark[] = []): Promise<Record<string, string>> {
    lines = [];
    const { root, program } = project;
    const json = join(root, 'results.json');
    const head = { seed: 1, sample: 100, date: '2026-01-31' };
    const results = new ResultFile(json, head, knownResults(json));
    const broken = await tryMutants(
      {
        target: {
          name: 'planted',
          keepsCode: false,
          groups: [{ name: 'all', files: /^/, goal: 0.9 }],
        },
        remarks: { target: 'planted', remarks },
        size: { mutants: 100, ofGroup: 0, seed: 1 },
      },
      {
        ...{ root, program, results, jobs: 2, limitMs: () => 1000 },
        cache: join(root, 'cache'),
        say: (line) => lines.push(line),
      },
    );
    expect(broken).to.deep.equal(['packages/planted/test/broken.spec.ts']);
    return Object.fromEntries(
      knownResults(json).map(({ mutant, outcome }) => [
        `${mutant.operator}: ${changeOf(mutant)}`,
        outcome,
      ]),
    );
  }

  it('tells who noticed each mutant, and who did not', async () => {
    const outcomes = await run();
    expect(outcomes).to.include({
      'arithmetic: a + b → a - b': 'killed',
      'exchange: Math.max(a, 2) → Math.min(a, 2)': 'killed',
      'number: 2 → 3': 'survived',
      'statement: n-- → undefined': 'timeout',
      'condition: isOver → true': 'crashed',
      'condition: isOver → false': 'survived',
      'minus: -a → a': 'uncovered',
    });
    expect(lines).to.include(
      'packages/planted/test/broken.spec.ts is left out, as it fails without a mutant: ' +
        'always fails: broken before any mutant',
    );
    expect(lines).to.include(
      '  survived: packages/planted/src/numbers.ts:16:7 condition: isOver → false',
    );
  });

  it('tries nothing again that is known', async () => {
    await run();
    expect(lines.filter((line) => line.includes('survived'))).to.deep.equal([]);
  });

  it('tries survivors again when a test has changed, and nothing else', async () => {
    const better = project.read(spec).replace('atLeastTwo(5), 5', 'atLeastTwo(1), 2');
    project.write(spec, better);
    const outcomes = await run();
    expect(outcomes).to.include({
      'number: 2 → 3': 'killed',
      'condition: isOver → false': 'survived',
    });
    expect(lines.at(-1)).to.match(/^planted: \d+ of \d+ tried/);
  });

  it('does not try what remarks call equivalent, nor draw what they leave out', async () => {
    const outcomes = await run([
      { kind: 'equivalent', file: 'numbers.ts', change: 'isOver → false', why: 'it is over' },
      { kind: 'leftOut', file: 'numbers.ts', within: 'forgotten', why: 'not used' },
    ]);
    expect(outcomes).to.include({ 'condition: isOver → false': 'equivalent' });
    expect(outcomes).to.not.have.any.keys('minus: -a → a');
  });

  it('refuses remarks that are about nothing', async () => {
    const idle: Remark = { kind: 'equivalent', file: 'numbers.ts', code: 'gone', why: 'was' };
    let message = '';
    await run([idle]).catch((error: Error) => (message = error.message));
    expect(message).to.match(/^planted: no mutant is as these remarks say:/);
  });
});
