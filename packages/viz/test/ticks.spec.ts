import { expect } from 'chai';
import fc from 'fast-check';
import { linearTicks, logTicks } from '../src/ticks';

const labels = ({ marks }: ReturnType<typeof linearTicks>) => marks.map(({ label }) => label);
const finite = fc.oneof(
  fc.integer({ min: -6400, max: 6400 }).map((n) => n / 64),
  fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
);

describe('The marks of a linear axis', () => {
  const table: [number, number, boolean, string[]][] = [
    [0, 1, false, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [0, 0.62, false, ['0.0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7']],
    [1, 30, true, ['0', '5', '10', '15', '20', '25', '30']],
    [1, 3, true, ['1', '2', '3']],
    [1, 3, false, ['1.0', '1.5', '2.0', '2.5', '3.0']],
    [-250, 900, false, ['-400', '-200', '0', '200', '400', '600', '800', '1000']],
    [0, 5e-6, false, ['0', '1e-6', '2e-6', '3e-6', '4e-6', '5e-6']],
    [2e7, 3e7, false, ['2.0e7', '2.2e7', '2.4e7', '2.6e7', '2.8e7', '3.0e7']],
    [4, 4, true, ['3', '4', '5']],
    [0, 0, false, ['-1.0', '-0.5', '0.0', '0.5', '1.0']],
  ];
  for (const [low, high, whole, expected] of table) {
    const kind = whole ? 'whole numbers ' : '';
    it(`are ${expected.join(', ')} for ${kind}${low} to ${high}`, () => {
      expect(labels(linearTicks(low, high, whole))).to.deep.equal(expected);
    });
  }

  it('enclose the data, rise, and are few', () => {
    fc.assert(
      fc.property(finite, finite, fc.boolean(), (a, b, whole) => {
        const [low = 0, high = 0] = [Math.min(a, b), Math.max(a, b)].map((end) =>
          whole ? Math.round(end) : end,
        );
        const { marks, ...ticks } = linearTicks(low, high, whole);
        // A mark may differ from a value that should lie on it by rounding.
        const hair = 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-290);
        expect(ticks.low).to.be.at.most(low + hair);
        expect(ticks.high).to.be.at.least(high - hair);
        expect(marks.length).to.be.within(2, 12);
        marks.forEach(({ value }, i) => {
          expect(Number.isFinite(value)).to.be.true;
          if (i > 0) expect(value).to.be.above(marks[i - 1]!.value);
          if (whole) expect(Number.isInteger(value)).to.be.true;
        });
      }),
    );
  });

  it('are labelled with what they are, each differently', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const { marks } = linearTicks(Math.min(a, b), Math.max(a, b));
        const [first, second] = marks;
        const step = second!.value - first!.value;
        for (const { value, label } of marks) {
          expect(Math.abs(Number(label) - value)).to.be.at.most(step / 4);
        }
        expect(new Set(marks.map(({ label }) => label)).size).to.equal(marks.length);
      }),
    );
  });
});

describe('The marks of a logarithmic axis', () => {
  const table: [number, number, string[]][] = [
    [0.0007, 0.9, ['0.001', '0.01', '0.1', '1']],
    [3, 70, ['2', '5', '10', '20', '50', '100']],
    [1, 1, ['0.5', '1', '2']],
    [1e-12, 1, ['1e-12', '1e-10', '1e-8', '1e-6', '1e-4', '0.01', '1']],
    [10, 1000, ['10', '20', '50', '100', '200', '500', '1000']],
  ];
  for (const [low, high, expected] of table) {
    it(`are ${expected.join(', ')} for ${low} to ${high}`, () => {
      expect(labels(logTicks(low, high))).to.deep.equal(expected);
    });
  }

  it('enclose the data, rise, and are few but at least one', () => {
    const exponent = fc.integer({ min: -64 * 290, max: 64 * 290 }).map((n) => 10 ** (n / 64));
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { marks, ...ticks } = logTicks(low, high);
        expect(ticks.low).to.be.at.most(low);
        expect(ticks.high).to.be.at.least(high);
        expect(ticks.high).to.be.above(ticks.low);
        expect(marks.length).to.be.within(1, 8);
        marks.forEach(({ value }, i) => {
          if (i > 0) expect(value).to.be.above(marks[i - 1]!.value);
        });
      }),
    );
  });
});
