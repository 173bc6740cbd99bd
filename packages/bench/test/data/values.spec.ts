import { expect } from 'chai';
import {
  channelsFirst,
  channelsLast,
  filtersFirst,
  filtersLast,
  permute,
  randomValues,
} from '../../src/data/values';

describe('Values', () => {
  it('are the same for one name and others for another', () => {
    const one = randomValues('a', [2, 3]);
    expect(randomValues('a', [2, 3])).to.deep.equal(one);
    expect(randomValues('b', [2, 3])).not.to.deep.equal(one);
  });

  it('lie in the range', () => {
    const { data } = randomValues('a', [1000], [2, 3]);
    expect(Math.min(...data)).to.be.within(2, 2.1);
    expect(Math.max(...data)).to.be.within(2.9, 3);
  });

  it('change places with their axes', () => {
    const matrix = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(permute(matrix, [1, 0])).to.deep.equal({
      shape: [3, 2],
      data: Float32Array.of(1, 4, 2, 5, 3, 6),
    });
  });

  it('of images and filters come back from the other layout', () => {
    const images = randomValues('x', [2, 3, 4, 5]);
    expect(channelsFirst(images).shape).to.deep.equal([2, 5, 3, 4]);
    expect(channelsLast(channelsFirst(images))).to.deep.equal(images);
    expect(filtersFirst(images).shape).to.deep.equal([5, 4, 2, 3]);
    expect(filtersLast(filtersFirst(images))).to.deep.equal(images);
  });
});
