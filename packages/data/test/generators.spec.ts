import { expect } from 'chai';
import fc from 'fast-check';
import { floatImages, imageShapes, pixelImages } from '../testing/index';

describe('The generators of images', () => {
  it('draw single pixels, grey and colour, upright and lying images', () => {
    const shapes = fc.sample(imageShapes(), { numRuns: 300, seed: 1 });
    const seen = (holds: (shape: readonly number[]) => boolean) => shapes.some(holds);
    expect(seen(([h, w]) => h === 1 && w === 1)).to.equal(true);
    expect(seen(([h, w, c]) => h! > w! && c === 1)).to.equal(true);
    expect(seen(([h, w, c]) => h! < w! && c === 3)).to.equal(true);
    expect(shapes.every(([h, w]) => h! <= 9 && w! <= 9)).to.equal(true);
  });

  it('keep to their options', () => {
    const options = { maxEdge: 2, channels: [3] };
    for (const { shape, dtype } of fc.sample(pixelImages(options), 50)) {
      expect(dtype).to.equal('uint8');
      expect(shape[2]).to.equal(3);
      expect(Math.max(shape[0]!, shape[1]!)).to.be.at.most(2);
    }
  });

  it('draw images to compute with, in 0 to 1, with an axis of channels or without', () => {
    const images = fc.sample(floatImages(), { numRuns: 100, seed: 1 });
    for (const image of images) {
      expect(image.dtype).to.equal('float32');
      for (const x of image.toTypedArray()) expect(x).to.be.within(0, 1);
    }
    expect(new Set(images.map(({ rank }) => rank))).to.deep.equal(new Set([2, 3]));
  });
});
