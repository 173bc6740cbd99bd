import { tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { logSumExp, norm, variance } from '../../src/index';

describe('Statistics along axes', () => {
  const x = tensor([1, 2, 3, 6, 8, 10], [2, 3]);

  it('are the variance of a population', () => {
    expect(variance(x, { axis: 0 }).toArray()).to.deep.equal([6.25, 9, 12.25]);
    expect(variance(tensor([2, 4, 4, 4, 5, 5, 7, 9])).item()).to.equal(4);
  });

  it('are the Euclidean norm', () => {
    expect(norm(tensor([3, 4])).item()).to.equal(5);
    expect(
      norm(
        tensor([
          [3, 4],
          [6, 8],
        ]),
        { axis: 1, keepDims: true },
      ).toArray(),
    ).to.deep.equal([[5], [10]]);
  });

  it('are logSumExp, which does not overflow', () => {
    expect(logSumExp(tensor([1000, 1000])).item()).to.be.closeTo(1000 + Math.LN2, 1e-4);
    const rows = tensor([
      [-Infinity, -Infinity],
      [Infinity, 1],
    ]);
    expect(logSumExp(rows, { axis: 1 }).toArray()).to.deep.equal([-Infinity, Infinity]);
  });
});
