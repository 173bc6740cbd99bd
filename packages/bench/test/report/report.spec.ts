import { expect } from 'chai';
import type { Row } from '../../src/harness/row';
import { benchmarksPage } from '../../src/report/benchmarksPage';
import { ratioChart } from '../../src/report/ratioChart';
import { rowsToText } from '../../src/report/rowsToText';

const rows: readonly Row[] = [
  {
    case: 'matmul 2',
    unit: 'GFLOP/s',
    ours: { median: 12.345, min: 10, max: 1234.5 },
    peers: { one: { median: 6, min: 5, max: 7 }, two: { wrong: 0.25 } },
    ratio: 2.0575,
    goal: 1.3,
  },
  { case: 'softmax', unit: 's', peers: { two: { failed: 'crashed' } } },
];

describe('The table', () => {
  it('has medians, what has none, and why', () => {
    expect(rowsToText(rows).split('\n')).to.deep.equal([
      'case      unit     gradus   min   max   one  two     ratio  goal',
      '────────  ───────  ──────  ────  ────  ────  ──────  ─────  ────',
      'matmul 2  GFLOP/s    12.3  10.0  1235  6.00  wrong    2.06  1.30',
      'softmax   s             –     –     –     –  failed      –     –',
      'matmul 2: two: wrong; the largest difference is 0.25 of the largest value',
      'softmax: two: crashed',
    ]);
  });

  it('has no columns for peers where there are none', () => {
    const alone = rows.map(({ case: name, unit }) => ({ case: name, unit, peers: {} }));
    expect(rowsToText(alone).split('\n')[0]).to.equal('case      unit     gradus  min  max');
  });
});

describe('The page', () => {
  const page = benchmarksPage({
    machine: { processor: 'Test 1', cores: 2, node: '20.0.0', date: '2026-01-31' },
    engine: 'loops',
    versions: { gradus: '1', one: '2' },
    rows,
  });

  it('has machine, versions, every number and the command that makes it', () => {
    for (const part of [
      'Measured on 2026-01-31 on Test 1 (2 cores), Node 20.0.0',
      'the engine `loops`',
      '| matmul 2 | GFLOP/s | 12.3 (10.0 to 1235) | 6.00 | wrong  | 2.06  | 1.3  |',
      '- softmax: two: crashed',
      'Versions: gradus 1; one 2.',
      '(images/benchmarks.svg)',
      '`pnpm bench --write-docs FILE`',
    ]) {
      expect(page).to.include(part);
    }
  });
});

describe('The chart', () => {
  const bars = (svg: string) =>
    [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].map(([, x, width]) => [
      Number(x),
      Number(width),
    ]);

  it('has a bar to the right for a ratio above 1, and one to the left below', () => {
    const row = (ratio: number): Row => ({ case: 'a & b', unit: 's', peers: {}, ratio });
    const svg = ratioChart([row(4), row(0.25), ...rows.slice(1)]);
    expect(bars(svg)).to.deep.equal([
      [460, 190],
      [270, 190],
    ]);
    expect(svg).to.include('a &amp; b');
  });
});
