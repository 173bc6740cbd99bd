import { expect } from 'chai';
import type { Mutant } from '../../src/mutants/mutant';
import { mutationPage } from '../../src/report/mutationPage';
import type { Outcome, Result } from '../../src/report/result';
import { scoresOf, scoreToLine } from '../../src/report/scores';
import type { Target } from '../../src/targets';

const target: Target = {
  name: 'kernels',
  keepsCode: true,
  groups: [
    { name: 'geometry', files: /^geometry/, goal: 0.9 },
    { name: 'loops', files: /^loops/, goal: 0.85 },
    { name: 'others', files: /^/, goal: 0.85 },
  ],
};

function result(group: string, outcome: Outcome, number: number): Result {
  const mutant: Mutant = {
    key: `${group} ${number}`,
    file: `packages/kernels/src/${group}.ts`,
    ...{ start: 0, end: 5, line: number, column: 1, code: 'x = a || b;', within: [] },
    ...{ operator: 'logical', original: 'a || b', replacement: 'a && b' },
  };
  return { target: 'kernels', group, mutant, outcome, specs: 1, seconds: 30, state: '' };
}

const outcomes: [string, Outcome][] = [
  ['geometry', 'killed'],
  ['geometry', 'timeout'],
  ['geometry', 'survived'],
  ['geometry', 'equivalent'],
  ['loops', 'killed'],
  ['loops', 'crashed'],
  ['loops', 'killed'],
  ['loops', 'killed'],
];
const results = outcomes.map(([group, outcome], i) => result(group, outcome, i + 1));

describe('Scores', () => {
  it('are those of each group with mutants, and of the package', () => {
    expect(scoresOf(target, results).map(scoreToLine)).to.deep.equal([
      'kernels, geometry: 66.6 % (2 of 3 noticed, 1 by the time limit, 0 by a crash; 1 equivalent), goal 90.0 % not reached',
      'kernels, loops: 100.0 % (4 of 4 noticed, 0 by the time limit, 1 by a crash), goal 85.0 % reached',
      'kernels: 85.7 % (6 of 7 noticed, 1 by the time limit, 1 by a crash; 1 equivalent)',
    ]);
  });

  it('are none without results', () => {
    expect(scoresOf({ ...target, name: 'autodiff' }, results)).to.deep.equal([]);
  });
});

describe('The page', () => {
  const report = { seed: 1, sample: 300, date: '2026-01-31', results };
  const remarks = [
    {
      target: 'kernels',
      remarks: [
        { kind: 'survivor', file: 'geometry.ts', why: 'too rare' },
        { kind: 'leftOut', file: 'loops.ts', within: 'tile', why: 'tuning' },
      ] as const,
    },
  ];
  const page = mutationPage(report, { targets: [target], remarks });

  it('lists survivors, each with a word', () => {
    expect(page).to.include(
      '| kernels/src/geometry.ts:3 | logical  | `a \\|\\| b → a && b` | too rare |',
    );
  });

  it('says so where nobody has read a survivor', () => {
    const unread = mutationPage(report, {
      targets: [target],
      remarks: [{ target: 'kernels', remarks: [] }],
    });
    expect(unread).to.include('| not yet read |');
  });

  it('lists what is left out, and why', () => {
    expect(page).to.match(/\| kernels\/src\/loops\.ts +\| `tile` +\| tuning +\|/);
  });
});
