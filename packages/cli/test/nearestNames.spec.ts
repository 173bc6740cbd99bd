import { expect } from 'chai';
import { nearestNames } from '../src/nearestNames';

describe('nearestNames', () => {
  const names = ['sobel-x', 'sobel-y', 'scharr-x', 'laplacian', 'gabor', 'smiley'];
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['smilie', ['smiley']],
    ['SMILEY', ['smiley']],
    ['sobel', ['sobel-x', 'sobel-y']],
    ['sobelx', ['sobel-x', 'sobel-y']],
    ['laplace', ['laplacian']],
    ['s', ['sobel-x', 'sobel-y', 'scharr-x']],
    ['a.jpg', []],
    ['', []],
    ['x'.repeat(5000), []],
  ];
  for (const [misspelt, expected] of cases) {
    it(`suggests ${expected.join(', ') || 'nothing'} for "${misspelt.slice(0, 10)}"`, () => {
      expect(nearestNames(misspelt, names)).to.deep.equal(expected);
    });
  }
});
