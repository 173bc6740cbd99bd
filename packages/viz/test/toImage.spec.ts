import { expect } from 'chai';
import { tensor } from '@gradus/tensor';
import { toImage } from '../src/index';

describe('toImage', () => {
  const table = [
    { title: 'from the smallest to the largest', values: [[-1, 0, 1]], pixels: [0, 128, 255] },
    {
      title: 'from the ends of the range, and not beyond',
      values: [[-1, 0.25, 2]],
      range: [0, 1],
      pixels: [0, 64, 255],
    },
    {
      title: 'with zero in the middle when the range is symmetric',
      values: [[0, 1, -4]],
      range: 'symmetric',
      pixels: [128, 159, 0],
    },
    { title: 'a constant as middle grey', values: [[3, 3]], pixels: [128, 128] },
    {
      title: 'not-a-number as black, infinities as the ends',
      values: [[NaN, Infinity, -Infinity, 5, 6]],
      pixels: [0, 255, 0, 0, 255],
    },
    {
      title: 'not-a-number beside a constant as black too',
      values: [[NaN, 5, Infinity]],
      pixels: [0, 128, 255],
    },
  ] as const;
  for (const { title, values, pixels, ...options } of table) {
    it(`shows numbers as grey, ${title}`, () => {
      const image = toImage(tensor(values), options);
      expect(image.shape).to.deep.equal([1, pixels.length]);
      expect(image.dtype).to.equal('uint8');
      expect([...image.data]).to.deep.equal(pixels);
    });
  }

  it('leaves pixels as they are', () => {
    const pixels = tensor(new Uint8Array([7, 8, 9, 250, 0, 1]), [1, 2, 3]);
    expect(toImage(pixels)).to.deep.equal(pixels);
  });

  it('gives all channels of a colour picture one range', () => {
    const image = toImage(tensor([[[0, 0.5, 1]], [[0.2, 0.2, 0.2]]]));
    expect(image.shape).to.deep.equal([2, 1, 3]);
    expect([...image.data]).to.deep.equal([0, 128, 255, 51, 51, 51]);
  });

  it('drops a single channel', () => {
    expect(toImage(tensor([[[0], [1]]])).shape).to.deep.equal([1, 2]);
  });
});
