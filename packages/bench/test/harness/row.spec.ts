import { expect } from 'chai';
import { rowOf, summarize, type Outcome } from '../../src/harness/row';

const measured = (median: number): Outcome => ({
  ...{ median, min: median - 1, max: median + 1 },
  samples: 9,
});
const speed = { name: 'matmul 2', unit: 'GFLOP/s', goal: 1.3 };

describe('A summary', () => {
  it('has the middle, the smallest and the largest sample, and their number', () => {
    expect(summarize([5, 1, 9, 10, 2])).to.deep.equal({
      ...{ median: 5, min: 1, max: 10 },
      samples: 5,
    });
  });
});

describe('A row', () => {
  it("has our speed over the best peer's", () => {
    const peers = { slow: measured(4), quick: measured(8) };
    expect(rowOf(speed, { ours: measured(20), peers })).to.deep.equal({
      case: 'matmul 2',
      unit: 'GFLOP/s',
      ours: measured(20),
      peers,
      ratio: 2.5,
      goal: 1.3,
    });
  });

  for (const unit of ['s', 'MiB', 'MB']) {
    it(`has the best peer's ${unit} over ours`, () => {
      const peers = { large: measured(8), small: measured(4) };
      expect(rowOf({ name: 'cost', unit }, { ours: measured(16), peers }).ratio).to.equal(0.25);
    });
  }

  it('ranks neither who failed nor who is wrong', () => {
    const peers = { quick: { wrong: 0.5 }, dead: { failed: 'crashed' }, right: measured(5) };
    expect(rowOf(speed, { ours: measured(10), peers }).ratio).to.equal(2);
  });

  const without: readonly [string, Outcome | undefined, Record<string, Outcome>][] = [
    ['any peer', measured(1), {}],
    ['a peer that is ranked', measured(1), { dead: { failed: 'crashed' } }],
    ['us', undefined, { right: measured(5) }],
    ['us being right', { wrong: 1 }, { right: measured(5) }],
  ];
  for (const [title, ours, peers] of without) {
    it(`has no ratio without ${title}`, () => {
      const row = rowOf(speed, { peers, ...(ours && { ours }) });
      expect(row).not.to.have.property('ratio');
      expect(row).to.have.property('peers', peers);
    });
  }
});
