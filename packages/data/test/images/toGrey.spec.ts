import { expect } from 'chai';
import fc from 'fast-check';
import { ShapeError, tensor, zeros } from '@gradus/tensor';
import { expectClose, tensors, viewPairs, views } from '@gradus/tensor/testing';
import { floatImages, imageShapes, pixelImages } from '../../testing/index';
import { toFloat, toGrey } from '../../src/index';

describe('toGrey', () => {
  it('weighs red, green and blue by ITU-R BT.601', () => {
    const primaries = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0);
    const grey = toGrey(tensor(primaries, [1, 5, 3]));
    expect(grey.dtype).to.equal('float32');
    expectClose(grey, tensor([[0.299, 0.587, 0.114, 1, 0]]), { relative: 1e-7 });
  });

  it('does not round to bytes between', () => {
    // 0.299 100 + 0.587 150 + 0.114 201 = 140.864
    const grey = toGrey(tensor(Uint8Array.of(100, 150, 201), [1, 1, 3]));
    expect(grey.item()).to.be.closeTo(140.864 / 255, 1e-7);
  });

  it('leaves an image alone whose channels are equal', () => {
    fc.assert(
      fc.property(pixelImages({ channels: [1] }), (image) => {
        const [height, width] = image.shape;
        const repeated = Uint8Array.from({ length: 3 * image.size }, (_, i) => {
          return image.data[Math.floor(i / 3)]!;
        });
        const colour = toGrey(tensor(repeated, [height!, width!, 3]));
        expectClose(colour, toGrey(image), { relative: 1e-6 });
        expectClose(toGrey(tensor(image.data, [height!, width!])), toGrey(image), { relative: 0 });
      }),
    );
  });

  it('keeps the range of floating-point numbers', () => {
    fc.assert(
      fc.property(floatImages({ channels: [1] }), (image) => {
        const grey = toGrey(image);
        expect(grey.shape).to.deep.equal(image.shape.slice(0, 2));
        expect([...grey.data]).to.deep.equal([...image.toTypedArray()]);
      }),
    );
  });

  it('reads any view', () => {
    const pairs = imageShapes().chain((shape) => viewPairs(shape, { dtype: 'uint8' }));
    fc.assert(
      fc.property(pairs, ({ view, contiguous }) => {
        expect(toGrey(view).toArray()).to.deep.equal(toGrey(contiguous).toArray());
      }),
    );
  });

  it('refuses what is not an image', () => {
    const wrong: readonly [readonly number[], string][] = [
      [
        [3, 20, 30],
        'toGrey: expected an image of 1 channel or 3; received [3, 20, 30]. The last axis is 30; channels come last.',
      ],
      [
        [20],
        'toGrey: expected an image [height, width] or [height, width, channels]; received [20].',
      ],
      [
        [8, 20, 30, 3],
        'toGrey: expected an image [height, width] or [height, width, channels]; received [8, 20, 30, 3]. This looks like a batch; take one image of it.',
      ],
    ];
    for (const [shape, message] of wrong) {
      expect(() => toGrey(zeros(shape, 'uint8')))
        .to.throw(ShapeError)
        .with.property('message', message);
    }
  });
});

describe('toFloat', () => {
  it('divides bytes by 255 and keeps the shape', () => {
    const image = toFloat(tensor(Uint8Array.of(0, 51, 255), [1, 1, 3]));
    expect(image.dtype).to.equal('float32');
    expectClose(image, tensor([[[0, 0.2, 1]]]), { relative: 1e-7 });
  });

  it('keeps floating-point numbers', () => {
    fc.assert(
      fc.property(floatImages(), (image) => {
        expect(toFloat(image).toArray()).to.deep.equal(image.toArray());
      }),
    );
    const doubles = imageShapes().chain((shape) => tensors(shape, { dtype: 'float64' }));
    fc.assert(
      fc.property(doubles, (image) => {
        expect(toFloat(image).toArray()).to.deep.equal(image.toArray());
      }),
    );
  });

  it('reads any view', () => {
    const pixels = imageShapes().chain((shape) => views(shape, { dtype: 'uint8' }));
    fc.assert(
      fc.property(pixels, (image) => {
        const scaled = Array.from(image.toTypedArray(), (byte) => Math.fround(byte / 255));
        expect([...toFloat(image).data]).to.deep.equal(scaled);
      }),
    );
  });
});
