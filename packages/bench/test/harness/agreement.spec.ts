import { expect } from 'chai';
import { consensus, largestDifference, median } from '../../src/harness/agreement';

describe('The largest difference', () => {
  const cases: readonly [string, number[], number[], number][] = [
    ['is none between equal results', [1, -2], [1, -2], 0],
    ['is relative to the largest magnitude expected', [1, -4], [1.5, -4], 0.125],
    ['takes the larger of two', [1, 3], [2, 5], 0.4],
    ['is infinite where the lengths differ', [1], [1, 1], Infinity],
    ['is infinite where a number is missing', [NaN, 1], [1, 1], Infinity],
    ['is infinite where a number is expected to be missing', [1, 1], [NaN, 1], Infinity],
    ['is none where both are not a number', [NaN, 1], [NaN, 1], 0],
    ['is none where both are infinite', [Infinity, 1], [Infinity, 1], 0],
    ['is infinite where infinities differ in sign', [Infinity, 1], [-Infinity, 1], Infinity],
    ['is infinite beside zeros only', [0.001, 0], [0, 0], Infinity],
    ['is none between nothing and nothing', [], [], 0],
  ];
  for (const [title, result, expected, difference] of cases) {
    it(title, () => expect(largestDifference(result, expected)).to.equal(difference));
  }
});

describe('The consensus', () => {
  it('is each number of most results', () => {
    expect([
      ...consensus([
        [1, 9],
        [1, 2],
        [5, 2],
      ]),
    ]).to.deep.equal([1, 2]);
  });

  it('lies between two results, so that both are in doubt', () => {
    expect([...consensus([[1], [2]])]).to.deep.equal([1.5]);
  });

  it('is not moved by a result that is not a number', () => {
    expect([...consensus([[NaN], [2], [2]])]).to.deep.equal([2]);
    expect([...consensus([[2], [2], [NaN]])]).to.deep.equal([2]);
  });

  it('leaves out results of an odd length', () => {
    expect([...consensus([[7], [1, 2], [1, 2]])]).to.deep.equal([1, 2]);
  });

  it('of no results is empty', () => expect([...consensus([])]).to.deep.equal([]));
});

describe('The median', () => {
  it('is the middle number, however they are ordered', () => {
    expect(median([10, 9, 1])).to.equal(9);
  });

  it('is between the two in the middle', () => expect(median([4, 1, 2, 10])).to.equal(3));
});
