import { ShapeError, tensor, zeros } from '@gradus/tensor';
import { expectClose, floats, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { add, flip, mul, reshape, totalVariation, transpose } from '../../../src/index';

describe('totalVariation', () => {
  it('sums the magnitudes of the differences below and beside, image by image', () => {
    const x = reshape(tensor([1, 2, 4, 3, 0, 0, 5, 5]), [2, 2, 2, 1]);
    // |4-1| + |3-2| + |2-1| + |3-4|; 5 + 5.
    expect(totalVariation(x).toArray()).to.deep.equal([6, 10]);
  });

  it('sums over channels, each by itself', () => {
    const x = reshape(tensor([0, 10, 1, 30]), [1, 1, 2, 2]);
    expect(totalVariation(x).toArray()).to.deep.equal([21]);
  });

  it('does not see brightness or direction, and grows with contrast', () => {
    const points = fc.tuple(tensors([2, 4, 3, 2], { dtype: 'float64' }), floats());
    fc.assert(
      fc.property(points, ([x, c]) => {
        const expected = totalVariation(x);
        const exactly = { relative: 0 };
        expectClose(totalVariation(add(x, c)), expected, exactly);
        expectClose(totalVariation(flip(x, { axis: 1 })), expected, exactly);
        expectClose(totalVariation(transpose(x, [0, 2, 1, 3])), expected, exactly);
        expectClose(totalVariation(mul(x, c)), mul(expected, Math.abs(c)), exactly);
      }),
      { numRuns: 20 },
    );
  });

  it('of one pixel, and of none, is 0', () => {
    expect(totalVariation(zeros([2, 1, 1, 3])).toArray()).to.deep.equal([0, 0]);
    expect(totalVariation(zeros([1, 0, 5, 3])).toArray()).to.deep.equal([0]);
    expect(totalVariation(zeros([0, 2, 2, 1])).shape).to.deep.equal([0]);
  });

  it('refuses a single image', () => {
    expect(() => totalVariation(zeros([4, 5, 3])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'totalVariation: expected x [batch, height, width, channels]; received [4, 5, 3]. ' +
          'x has 3 axes, not 4. Try reshape(x, [1, 4, 5, 3]).',
      );
  });
});
