import { Random } from '@gradus/tensor';
import { expect } from 'chai';
import { erf as byQuotients } from '../src/loops/erf';
import { erf as byDefinition } from '../src/reference/erf';

/** Computed to 40 digits, in every range of either formula and on both sides of its ends. */
const table: readonly [x: number, y: number][] = [
  [2 ** -60, 9.78712915481871e-19],
  [0.1, 0.1124629160182849],
  [0.46875, 0.49261347321793797],
  [0.47, 0.4937450508860821],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2.5, 0.999593047982555],
  [2.99, 0.9999764743969194],
  [3.01, 0.9999792610363629],
  [3.9, 0.9999999652077514],
  [4.1, 0.9999999932999724],
  [5, 0.9999999999984626],
  [5.8, 0.9999999999999998],
];

for (const [name, erf, bound] of [
  ['the definition', byDefinition, 1.5e-15],
  ['quotients of polynomials', byQuotients, 5e-16],
] as const) {
  describe(`erf by ${name}`, () => {
    for (const [x, y] of table) {
      it(`is ${y} at ${x}, and the opposite on the other side`, () => {
        expect(Math.abs(erf(x) / y - 1)).to.be.below(bound);
        expect(erf(-x)).to.equal(-erf(x));
      });
    }

    it('is 0, 1 or not a number where its argument has no logarithm', () => {
      const cases = [0, -0, Infinity, -Infinity, NaN].map((x) => [x, erf(x)]);
      expect(cases).to.deep.equal([
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [NaN, NaN],
      ]);
      expect(Object.is(erf(-0), -0)).to.equal(true);
    });
  });
}

describe('The two of them', () => {
  it('agree everywhere to 2e-15', () => {
    const random = new Random(5);
    for (let run = 0; run < 20_000; run++) {
      const x = random.uniform(-6.5, 6.5) * 2 ** -random.integer(3);
      expect(Math.abs(byQuotients(x) / byDefinition(x) - 1), `at ${x}`).to.be.below(2e-15);
    }
  });
});
