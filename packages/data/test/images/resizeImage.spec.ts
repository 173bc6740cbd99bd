import { expect } from 'chai';
import fc from 'fast-check';
import {
  DTypeError,
  full,
  ShapeError,
  sliceLayout,
  Tensor,
  tensor,
  transposeLayout,
  zeros,
} from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { floatImages } from '../../testing/index';
import { resizeImage, type ImageSize } from '../../src/index';

const close = { relative: 1e-6 };

const edges = fc.integer({ min: 1, max: 12 });
const sizes: fc.Arbitrary<ImageSize> = fc.tuple(edges, edges);

/** The image and a size of which every edge is smaller. */
const shrinking = floatImages().chain((image) =>
  fc.record({
    image: fc.constant(image),
    size: fc.tuple(
      fc.integer({ min: 1, max: image.shape[0]! }),
      fc.integer({ min: 1, max: image.shape[1]! }),
    ),
  }),
);

function meanOf(image: Tensor): number {
  return Array.from(image.toTypedArray()).reduce((sum, x) => sum + x, 0) / image.size;
}

function transposed(image: Tensor<'float32'>): Tensor<'float32'> {
  const axes = [1, 0, 2].slice(0, image.rank);
  return new Tensor(image.storage, transposeLayout(image, axes));
}

function mirrored(image: Tensor<'float32'>): Tensor<'float32'> {
  const slice = {
    begin: image.shape.map((size, axis) => (axis === 1 ? size - 1 : 0)),
    size: image.shape,
    step: image.shape.map((_, axis) => (axis === 1 ? -1 : 1)),
  };
  return new Tensor(image.storage, sliceLayout(image, slice));
}

describe('resizeImage', () => {
  it('averages blocks when the new size divides the old one', () => {
    const image = tensor([
      [1, 3, 5, 7],
      [1, 3, 9, 11],
    ]);
    expect(resizeImage(image, [1, 2]).toArray()).to.deep.equal([[2, 8]]);
  });

  it('shares pixels out by area when it does not', () => {
    // Each new pixel covers 1.5 old ones: (1 + 2/2) / 1.5 and (2/2 + 6) / 1.5.
    expectClose(resizeImage(tensor([[1, 2, 6]]), [1, 2]), tensor([[4 / 3, 14 / 3]]), close);
  });

  it('interpolates between the centres of pixels when it enlarges, and repeats the border', () => {
    // The new centres lie at -0.25, 0.25, 0.75 and 1.25 old pixels.
    expect(resizeImage(tensor([[0, 4]]), [1, 4]).toArray()).to.deep.equal([[0, 1, 3, 4]]);
    expect(resizeImage(tensor([[5]]), [2, 3]).toArray()).to.deep.equal([
      [5, 5, 5],
      [5, 5, 5],
    ]);
  });

  it('may shrink one axis and enlarge the other', () => {
    const image = tensor([
      [0, 4],
      [2, 6],
    ]);
    expect(resizeImage(image, [1, 4]).toArray()).to.deep.equal([[1, 2, 4, 5]]);
  });

  it('keeps the channels apart', () => {
    const image = tensor([
      [
        [0, 10],
        [4, 30],
      ],
    ]);
    expect(resizeImage(image, [1, 1]).toArray()).to.deep.equal([[[2, 20]]]);
  });

  it('gives the size that was asked for', () => {
    fc.assert(
      fc.property(floatImages(), sizes, (image, size) => {
        const resized = resizeImage(image, size);
        expect(resized.dtype).to.equal('float32');
        expect(resized.shape).to.deep.equal([...size, ...image.shape.slice(2)]);
      }),
    );
  });

  it('leaves an even image even', () => {
    fc.assert(
      fc.property(sizes, sizes, (from, to) => {
        expectClose(resizeImage(full(from, 0.75), to), full(to, 0.75), close);
      }),
    );
  });

  it('stays between the darkest and the brightest pixel', () => {
    fc.assert(
      fc.property(floatImages(), sizes, (image, size) => {
        const before = image.toTypedArray();
        const after = resizeImage(image, size).toTypedArray();
        expect(Math.max(...after)).to.be.at.most(Math.max(...before) + 1e-6);
        expect(Math.min(...after)).to.be.at.least(Math.min(...before) - 1e-6);
      }),
    );
  });

  it('keeps the mean when it shrinks', () => {
    fc.assert(
      fc.property(shrinking, ({ image, size }) => {
        expect(meanOf(resizeImage(image, size))).to.be.closeTo(meanOf(image), 1e-6);
      }),
    );
  });

  it('treats both axes and both directions alike', () => {
    fc.assert(
      fc.property(floatImages(), sizes, (image, [height, width]) => {
        const resized = resizeImage(image, [height, width]);
        const turned = resizeImage(transposed(image), [width, height]);
        expectClose(transposed(turned), resized, close);
        expectClose(mirrored(resizeImage(mirrored(image), [height, width])), resized, close);
      }),
    );
  });

  it('gives the image itself where nothing changes', () => {
    const image = tensor([[1, 2]]);
    expect(resizeImage(image, [1, 2])).to.equal(image);
  });

  it('refuses what it cannot resize', () => {
    const image = zeros([2, 3]);
    for (const size of [
      [0, 2],
      [2, 1.5],
      [2, NaN],
      [-1, 2],
    ] as const) {
      expect(() => resizeImage(image, size))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `resizeImage: expected a size [height, width] of whole numbers, at least 1; received [${size.join(', ')}].`,
        );
    }
    expect(() => resizeImage(zeros([0, 3]), [1, 1]))
      .to.throw(ShapeError)
      .with.property('message', 'resizeImage: expected an image with pixels; received [0, 3].');
    const bytes = zeros([2, 3], 'uint8') as Tensor;
    expect(() => resizeImage(bytes as Tensor<'float32'>, [1, 1]))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'resizeImage: expected a float32 image; received uint8. Convert it with toFloat or toGrey.',
      );
  });
});
