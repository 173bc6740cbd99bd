import { tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { grad, prod } from '../../../src/index';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('prod', () => {
  it('multiplies along axes', () => {
    expect(prod(x).item()).to.equal(720);
    expect(prod(x, { axis: 0 }).toArray()).to.deep.equal([4, 10, 18]);
    expect(prod(x, { axis: -1, keepDims: true }).toArray()).to.deep.equal([[6], [120]]);
    expect(prod(x, { axis: [1, 0], keepDims: true }).toArray()).to.deep.equal([[720]]);
    expect(prod(tensor(Uint8Array.of(16, 17))).item()).to.equal(16);
  });

  it('is 1 over nothing, and NaN where a factor is', () => {
    expect(prod(zeros([0, 2]), { axis: 0 }).toArray()).to.deep.equal([1, 1]);
    expect(prod(zeros([0], 'int32')).item()).to.equal(1);
    expect(prod(zeros([0, 2]), { axis: 1 }).shape).to.deep.equal([0]);
    expect(prod(tensor([0, NaN])).item()).to.be.NaN;
  });

  it('gives each factor the product of the others, where some are 0 too', () => {
    const slope = (...factors: number[]) =>
      grad((at: Tensor) => prod(at))(tensor(factors))[0].toArray();
    expect(slope(2, 3, 5)).to.deep.equal([15, 10, 6]);
    expect(slope(2, 0, 5)).to.deep.equal([0, 10, 0]);
    expect(slope(0, 3, 0, 7, 1)).to.deep.equal([0, 0, 0, 0, 0]);
  });
});
