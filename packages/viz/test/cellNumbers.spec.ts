import { expect } from 'chai';
import fc from 'fast-check';
import { cellNumbers } from '../src/cellNumbers';

describe('Numbers for the cells of a matrix', () => {
  const table: [number[], number, readonly string[] | undefined][] = [
    [[-1, 0, 2], 2, ['-1', '0', '2']],
    [[-1.0034, 0.0002, 0.998], 6, ['-1.003', '0.000', '0.998']],
    [[-1.0034, -0.0002, 0.998], 6, ['-1.003', '0.000', '0.998']],
    [[-1.0034, 0.0002, 0.998], 5, ['-1.00', '0.00', '1.00']],
    [[-1.0034, 0.0002, 0.998], 4, ['-1.0', '0.0', '1.0']],
    [[-1.0034, 0.0002, 0.998], 2, ['-1', '0', '1']],
    [[-1.0034], 1, undefined],
    [[0.0000123, 0, -0.000001], 6, ['1.2e-5', '0', '-1e-6']],
    [[0.0000123], 4, undefined],
    [[12345.5, 1], 5, ['12346', '1']],
    [[12345.5, 1], 4, undefined],
    [[123456789], 5, ['1.2e8']],
    [[NaN, Infinity, -Infinity, 0.5], 4, ['NaN', 'inf', '-inf', '0.50']],
    [[NaN], 2, undefined],
  ];
  for (const [values, maxLength, expected] of table) {
    it(`are ${expected?.join(', ') ?? 'nothing'} for ${values.join(', ')} in ${maxLength}`, () => {
      expect(cellNumbers(values, maxLength)).to.deep.equal(expected);
    });
  }

  it('have as many decimals as asked for', () => {
    expect(cellNumbers([0.123456], 9, 4)).to.deep.equal(['0.1235']);
  });

  it('fit, show the largest to 5 %, and always exist for 9 characters', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.integer()), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (numbers, maxLength) => {
        const texts = cellNumbers(numbers, maxLength);
        if (maxLength >= 9) expect(texts).to.not.equal(undefined);
        for (const text of texts ?? []) expect(text.length).to.be.at.most(maxLength);
        if (texts === undefined) return;
        const finite = numbers.filter(Number.isFinite).map(Math.abs);
        const largest = Math.max(0, ...finite);
        const shown = Number(texts[numbers.findIndex((n) => Math.abs(n) === largest)] ?? 0);
        expect(Math.abs(Math.abs(shown) - largest)).to.satisfy(
          (error: number) => error <= 0.05 * largest || largest > 1e308,
        );
      }),
    );
  });
});
