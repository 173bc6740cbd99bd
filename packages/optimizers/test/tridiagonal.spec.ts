import { expect } from 'chai';
import fc from 'fast-check';
import { extremeEigenvalues } from '../src/tridiagonal';

const repeat = (count: number, value: number): number[] => new Array<number>(count).fill(value);

describe('extremeEigenvalues', () => {
  it('finds those of the second-difference matrix, 2 - 2 cos(k pi / (n + 1))', () => {
    for (const n of [1, 2, 3, 10, 200]) {
      const { smallest, largest } = extremeEigenvalues(repeat(n, 2), repeat(n - 1, -1));
      expect(smallest).to.be.closeTo(2 - 2 * Math.cos(Math.PI / (n + 1)), 1e-14);
      expect(largest).to.be.closeTo(2 - 2 * Math.cos((n * Math.PI) / (n + 1)), 1e-14);
    }
  });

  it('finds those of a matrix of two rows, the mean of the diagonal and a distance from it', () => {
    const number = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(number, number, number, (a, b, off) => {
        const { smallest, largest } = extremeEigenvalues([a, b], [off]);
        const reach = Math.hypot((a - b) / 2, off);
        expect(smallest).to.be.closeTo((a + b) / 2 - reach, 1e-12);
        expect(largest).to.be.closeTo((a + b) / 2 + reach, 1e-12);
      }),
    );
  });

  it('finds those of a diagonal matrix, in any order, also where a bisection meets one', () => {
    const diagonals = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(diagonals, (diagonal) => {
        const found = extremeEigenvalues(diagonal, repeat(diagonal.length - 1, 0));
        expect(found.smallest).to.be.closeTo(Math.min(...diagonal), 1e-14);
        expect(found.largest).to.be.closeTo(Math.max(...diagonal), 1e-14);
      }),
    );
    // The first middle is 1, an eigenvalue, and 0 / 0 would follow.
    expect(extremeEigenvalues([1, 2, 0], [0, 0]).smallest).to.be.closeTo(0, 1e-15);
  });

  it('moves and stretches with the matrix', () => {
    const whole = fc.integer({ min: -16, max: 16 });
    const matrices = fc.array(fc.tuple(whole, whole), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(matrices, whole, (entries, shift) => {
        const diagonal = entries.map(([d]) => d);
        const off = entries.slice(1).map(([, o]) => o);
        const found = extremeEigenvalues(diagonal, off);
        const turned = extremeEigenvalues(
          diagonal.map((d) => -2 * d + shift),
          off.map((o) => 2 * o),
        );
        expect(turned.smallest).to.be.closeTo(-2 * found.largest + shift, 1e-12);
        expect(turned.largest).to.be.closeTo(-2 * found.smallest + shift, 1e-12);
      }),
    );
  });

  it('can take matrices of many rows', () => {
    const n = 200_000;
    const { largest } = extremeEigenvalues(repeat(n, 0), repeat(n - 1, 0));
    expect(largest).to.equal(0);
  });

  it('ends, with NaN, where the matrix holds NaN', () => {
    expect(extremeEigenvalues([NaN, 1], [1]).smallest).to.be.NaN;
  });
});
