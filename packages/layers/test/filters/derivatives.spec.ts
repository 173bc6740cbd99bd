import { transpose } from '@gradus/autodiff';
import { expect } from 'chai';
import { filters } from '../../src/index';
import { responseTo } from './apply';

describe('A derivative filter', () => {
  it('has the published numbers, unnormalised', () => {
    expect(filters.sobelX().toArray()).to.deep.equal([
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ]);
    expect(filters.scharrX().toArray()).to.deep.equal([
      [-3, 0, 3],
      [-10, 0, 10],
      [-3, 0, 3],
    ]);
    expect(filters.prewittX().toArray()).to.deep.equal([
      [-1, 0, 1],
      [-1, 0, 1],
      [-1, 0, 1],
    ]);
    expect(filters.laplacian().toArray()).to.deep.equal([
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ]);
  });

  // Two pixels apart, times the sum of the smoothing weights.
  const pairs = [
    ['sobel', filters.sobelX, filters.sobelY, 2 * 4],
    ['scharr', filters.scharrX, filters.scharrY, 2 * 16],
    ['prewitt', filters.prewittX, filters.prewittY, 2 * 3],
  ] as const;
  for (const [name, along, down, slope] of pairs) {
    it(`called ${name} sees slopes to the right and downwards, and nothing else`, () => {
      expect(responseTo(along(), (x) => x)).to.equal(slope);
      expect(responseTo(along(), (_, y) => y)).to.equal(0);
      expect(responseTo(along(), () => 1)).to.equal(0);
      expect(responseTo(down(), (_, y) => y)).to.equal(slope);
      expect(responseTo(down(), (x) => x)).to.equal(0);
      expect(down().toArray()).to.deep.equal(transpose(along()).toArray());
    });
  }

  it('called laplacian sees the sum of the second derivatives, and no ramp', () => {
    expect(responseTo(filters.laplacian(), (x, y) => 3 + x - 2 * y)).to.equal(0);
    expect(responseTo(filters.laplacian(), (x) => x * x)).to.equal(2);
    expect(responseTo(filters.laplacian(), (x, y) => x * x + 3 * y * y)).to.equal(8);
    expect(responseTo(filters.laplacian(), (x, y) => (x === 0 && y === 0 ? 1 : 0))).to.equal(-4);
  });

  it('is float32', () => {
    expect(filters.sobelX().dtype).to.equal('float32');
  });
});
