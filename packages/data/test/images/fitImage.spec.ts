import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, ShapeError, tensor, zeros } from '@gradus/tensor';
import { fitImage, type ImageSize } from '../../src/index';
import { pixelImages } from '../../testing/index';

describe('fitImage', () => {
  it('leaves a colour image as it is, and makes grey three equal colours', () => {
    fc.assert(
      fc.property(pixelImages(), (image) => {
        const fitted = fitImage(image);
        const [height, width, channels] = image.shape;
        expect(fitted.dtype).to.equal('uint8');
        expect(fitted.shape).to.deep.equal([height, width, 3]);
        const expected = Array.from(image.toTypedArray()).flatMap((value) =>
          channels === 1 ? [value, value, value] : [value],
        );
        expect(Array.from(fitted.toTypedArray())).to.deep.equal(expected);
      }),
    );
  });

  it('leaves a grey image as it is if grey is wanted, with an axis of channels', () => {
    fc.assert(
      fc.property(pixelImages({ channels: [1] }), (image) => {
        expect(fitImage(image, { channels: 'grey' }).toArray()).to.deep.equal(image.toArray());
      }),
    );
    const flat = tensor(Uint8Array.of(1, 2), [1, 2]);
    expect(fitImage(flat, { channels: 'grey' }).toArray()).to.deep.equal([[[1], [2]]]);
  });

  it('weighs colours as toGrey does, rounded to bytes', () => {
    const image = tensor(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 100, 100, 100), [1, 4, 3]);
    const grey = fitImage(image, { channels: 'grey' });
    expect(grey.toArray()).to.deep.equal([[[76], [150], [29], [100]]]);
  });

  it('crops the middle to the aspect ratio before it resizes', () => {
    const wide = tensor(Uint8Array.of(9, 10, 20, 9, 9, 30, 40, 9), [2, 4, 1]);
    expect(fitImage(wide, { size: [2, 2], channels: 'grey' }).toArray()).to.deep.equal([
      [[10], [20]],
      [[30], [40]],
    ]);
    expect(fitImage(wide, { size: [1, 1], channels: 'grey' }).toArray()).to.deep.equal([[[25]]]);
    const high = tensor(Uint8Array.of(9, 10, 20, 9), [4, 1, 1]);
    expect(fitImage(high, { size: [2, 1], channels: 'grey' }).toArray()).to.deep.equal([
      [[10]],
      [[20]],
    ]);
  });

  it('makes images of any size, one pixel among them, and keeps a uniform colour', () => {
    const edge = fc.integer({ min: 1, max: 12 });
    const cases = fc.tuple(edge, edge, edge, edge, fc.nat({ max: 255 }));
    fc.assert(
      fc.property(cases, ([height, width, newHeight, newWidth, value]) => {
        const image = tensor(new Uint8Array(height * width).fill(value), [height, width, 1]);
        const fitted = fitImage(image, { size: [newHeight, newWidth] });
        expect(fitted.shape).to.deep.equal([newHeight, newWidth, 3]);
        expect(new Set(fitted.toTypedArray())).to.deep.equal(new Set([value]));
      }),
    );
  });

  it('refuses what is no image, and sizes without pixels', () => {
    const refused = (shape: readonly number[], size: unknown, message: string): void => {
      const options = size === undefined ? {} : { size: size as ImageSize };
      expect(() => fitImage(zeros(shape, 'uint8'), options))
        .to.throw(ShapeError)
        .with.property('message', message);
    };
    refused(
      [2, 2, 2],
      undefined,
      'fitImage: expected an image of 1 channel or 3; received [2, 2, 2].',
    );
    refused(
      [1, 2, 2, 3],
      undefined,
      'fitImage: expected an image [height, width] or [height, width, channels]; received [1, 2, 2, 3]. This looks like a batch; take one image of it.',
    );
    refused(
      [2, 2, 1],
      [0, 2],
      'fitImage: expected a size [height, width] of whole numbers, at least 1; received [0, 2].',
    );
    refused(
      [2, 2, 1],
      2,
      'fitImage: expected a size [height, width] of whole numbers, at least 1; received 2.',
    );
  });

  it('refuses channels that are none', () => {
    const channels = 'gray' as 'grey';
    expect(() => fitImage(zeros([2, 2, 1], 'uint8'), { channels })).to.throw(
      OptionError,
      "fitImage: expected channels to be one of grey, rgb; received 'gray'.",
    );
  });
});
