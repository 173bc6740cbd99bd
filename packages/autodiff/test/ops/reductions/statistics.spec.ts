import { tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { grad, logSumExp, norm, sum, variance } from '../../../src/index';

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

  it('have a norm whose gradient at 0 is 0', () => {
    const [dx] = grad((v: Tensor) => sum(norm(v, { axis: 1 })))(
      tensor([
        [0, 0],
        [3, 4],
      ]),
    );
    expectClose(
      dx,
      tensor([
        [0, 0],
        [0.6, 0.8],
      ]),
      { relative: 1e-6 },
    );
  });

  it('say in their own name what does not fit', () => {
    expect(() => variance(x, { axis: 3 })).to.throw('variance: expected different axes');
    expect(() => logSumExp(x, { axis: 3 })).to.throw('logSumExp: expected different axes');
    expect(() => norm(tensor(Int32Array.of(3, 4)))).to.throw(
      "norm: expected float32 or float64; received x int32. Convert it: cast(x, 'float32').",
    );
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
