import { tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { mul, square, sum } from '../../../src/index';
import { centralDifferences, slope } from '../../../testing';

describe('centralDifferences', () => {
  it('gives one slope for each element, in float64 and in the shape of x', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const w = tensor([5, 7], undefined, 'float64');
    const found = centralDifferences((at) => sum(mul(square(at), w)).item(), x);
    expect(found.dtype).to.equal('float64');
    const exact = [
      [10, 28],
      [30, 56],
    ];
    expectClose(found, tensor(exact), { relative: 1e-9 });
  });

  it('gives 0 rather than rounding', () => {
    const noise = centralDifferences((x) => 1 + 1e-14 * sum(x).item(), tensor([0.5, 2]));
    expect(noise.toArray()).to.deep.equal([0, 0]);
  });
});

describe('slope', () => {
  it('is exact to the fourth power of its step', () => {
    expect(slope((by) => by ** 4 + by ** 3 + by ** 2 - 3 * by)).to.be.closeTo(-3, 1e-12);
    // Steps of 1/512 and less: h^4 is less than 1.5e-11, and the third step a sixteenth of the second.
    expect(slope((by) => by + by ** 5)).to.be.closeTo(1, 4e-12);
  });

  it('is exact where values change fast: steps become smaller', () => {
    expect(slope((by) => Math.sin(300 * by))).to.be.closeTo(300, 300 * 1e-8);
    expect(slope((by) => Math.log(1e-4 + by))).to.be.closeTo(1e4, 1e4 * 1e-8);
  });

  it('is the slope on this side of a kink, and NaN at one', () => {
    expect(slope((by) => Math.abs(by - 1e-5))).to.be.closeTo(-1, 1e-9);
    expect(slope(Math.abs)).to.be.NaN;
    expect(slope(Math.sign)).to.be.NaN;
    expect(slope(Math.sqrt)).to.be.NaN;
  });

  it('gives 0 rather than rounding', () => {
    expect(slope((by) => 1 + 1e-14 * by)).to.equal(0);
    expect(slope((by) => 3 * by)).to.be.closeTo(3, 1e-12);
    expect(slope((by) => -3 * by)).to.be.closeTo(-3, 1e-12);
  });
});
