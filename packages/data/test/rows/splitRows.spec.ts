import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, range, zeros } from '@gradus/tensor';
import { splitRows } from '../../src/index';

describe('splitRows', () => {
  const splits: readonly [number, number, number][] = [
    [10, 0.1, 9],
    [10, 0.9, 1],
    [200, 0.2, 160],
    [7, 0.5, 3],
    [3, 0.34, 1],
    [100, 0.29, 71],
  ];
  for (const [rows, fraction, kept] of splits) {
    it(`keeps ${kept} of ${rows} rows for a fraction of ${fraction}`, () => {
      const [first, last] = splitRows(zeros([rows, 2]), fraction);
      expect(first.shape).to.deep.equal([kept, 2]);
      expect(last.shape).to.deep.equal([rows - kept, 2]);
    });
  }

  it('takes the last part from the end, both as views', () => {
    const x = range(0, 5);
    const [first, last] = splitRows(x, 0.4);
    expect(first.toArray()).to.deep.equal([0, 1, 2]);
    expect(last.toArray()).to.deep.equal([3, 4]);
    expect([first.storage, last.storage]).to.deep.equal([x.storage, x.storage]);
  });

  it('divides exactly where the fraction is a whole number of rows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 500 }),
        fc.integer({ min: 1, max: 99 }),
        (n, percent) => {
          const rows = n * 100;
          const [first, last] = splitRows(zeros([rows]), percent / 100);
          expect(first.size).to.equal(n * (100 - percent));
          expect(last.size).to.equal(n * percent);
        },
      ),
    );
  });

  it('refuses a fraction that is none', () => {
    for (const fraction of [0, 1, -0.1, 1.5, NaN]) {
      expect(() => splitRows(zeros([4]), fraction))
        .to.throw(OptionError)
        .with.property(
          'message',
          `splitRows: expected a fraction between 0 and 1; received ${fraction}.`,
        );
    }
  });

  it('refuses a fraction that leaves a part empty', () => {
    const empty: readonly [number, number][] = [
      [0, 0.5],
      [1, 0.5],
      [2, 0.6],
      [9, 1e-12],
    ];
    for (const [rows, fraction] of empty) {
      expect(() => splitRows(zeros([rows]), fraction))
        .to.throw(OptionError)
        .with.property(
          'message',
          `splitRows: expected a fraction that divides ${rows} rows in two parts; received ${fraction}. One part would have no rows.`,
        );
    }
  });
});
