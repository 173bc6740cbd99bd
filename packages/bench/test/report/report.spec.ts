import { expect } from 'chai';
import type { Row } from '../../src/harness/row';
import { benchmarksPage } from '../../src/report/benchmarksPage';
import { LogScale } from '../../src/report/logScale';
import { ratioChart } from '../../src/report/ratioChart';
import { rowsToText, rowToLine } from '../../src/report/rowsToText';

const rows: readonly Row[] = [
  {
    case: 'matmul 2',
    unit: 'GFLOP/s',
    ours: { median: 12.345, min: 10, max: 1234.5, samples: 9 },
    peers: { one: { median: 6, min: 5, max: 7, samples: 3 }, two: { wrong: 0.25 } },
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

describe('The line of a row', () => {
  const [row, failed] = rows as readonly [Row, Row];

  it('has every number, and whether the goal is reached', () => {
    expect(rowToLine(row)).to.equal(
      'matmul 2: 12.3 GFLOP/s; one 6.00 (3 samples), two wrong; ratio 2.06; goal 1.3 reached',
    );
    expect(rowToLine({ ...row, goal: 2.1 })).to.match(/; goal 2.1 not reached$/);
    expect(rowToLine({ ...row, goal: 2.0575 })).to.match(/; goal 2.0575 reached$/);
  });

  it('says what failed, and leaves out what there is not', () => {
    expect(rowToLine(failed)).to.equal('softmax: – s; two failed');
    expect(rowToLine({ case: 'add', unit: 's', ours: { failed: 'x' }, peers: {} })).to.equal(
      'add: failed s',
    );
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
      '| matmul 2 | GFLOP/s | 12.3 (10.0 to 1235) | 6.00 (3 samples) | wrong  | 2.06  | 1.3  | yes     |',
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
    [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)" height="16"/g)].map(
      ([, x, width]) => [Number(x), Number(width)],
    );

  it('has a bar to the right for a ratio above 1, and one to the left below', () => {
    const row = (ratio: number): Row => ({ case: 'a & b', unit: 's', peers: {}, ratio });
    const svg = ratioChart([row(4), row(0.25), ...rows.slice(1)]);
    expect(bars(svg)).to.deep.equal([
      [460, 190],
      [270, 190],
    ]);
    expect(svg).to.include('a &amp; b');
  });

  it('says whom the ratio is about: the best peer, of costs the smallest', () => {
    const peers = {
      large: { median: 4, min: 4, max: 4, samples: 9 },
      small: { median: 2, min: 2, max: 2, samples: 9 },
    };
    const chart = (unit: string) => ratioChart([{ case: 'a', unit, peers, ratio: 1.5 }]);
    expect(chart('GFLOP/s')).to.include('>large<').and.not.to.include('>small<');
    expect(chart('MB')).to.include('>small<').and.not.to.include('>large<');
  });

  it('marks the goal where a bar of that ratio would end', () => {
    const row = { case: 'a', unit: 's', peers: {}, ratio: 2, goal: 0.5 };
    expect(ratioChart([row])).to.match(/<line x1="270" x2="270" [^>]*stroke-width="2"/);
  });
});

describe('A logarithmic scale', () => {
  const scale = new LogScale([0.5, 200], { from: 100, to: 300 });

  it('gives equal lengths to equal ratios', () => {
    expect(scale.position(0.5)).to.equal(100);
    expect(scale.position(10)).to.equal(200); // the geometric mean
    expect(scale.position(200)).to.equal(300);
  });

  it('has ticks at 1, 2 and 5 times the powers of ten', () => {
    expect(scale.ticks()).to.deep.equal([0.5, 1, 2, 5, 10, 20, 50, 100, 200]);
    const narrow = new LogScale([0.011, 0.049], { from: 0, to: 1 });
    expect(narrow.ticks()).to.deep.equal([0.02]);
  });
});
