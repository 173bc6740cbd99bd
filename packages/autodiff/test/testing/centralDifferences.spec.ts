import { tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { mul, square, sum } from '../../src/index';
import { centralDifferences, slope } from '../../testing';

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
    expect(slope((by) => by + by ** 5)).to.be.closeTo(1 - 4e-12, 1e-13);
  });

  it('gives 0 rather than rounding', () => {
    expect(slope((by) => 1 + 1e-14 * by)).to.equal(0);
    expect(slope((by) => 3 * by)).to.be.closeTo(3, 1e-12);
    expect(slope((by) => -3 * by)).to.be.closeTo(-3, 1e-12);
  });
});
