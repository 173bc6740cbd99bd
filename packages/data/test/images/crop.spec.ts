import { expect } from 'chai';
import fc from 'fast-check';
import { Random, range, ShapeError, Tensor, zeros } from '@gradus/tensor';
import { centerCrop, cropToSquare, randomCrop } from '../../src/index';
import { floatImages } from '../../testing/index';

/** An image whose pixels count up from 0, row by row. */
function counting(height: number, width: number): Tensor<'float32'> {
  const { storage } = range(0, height * width);
  return new Tensor(storage, { shape: [height, width], strides: [width, 1], offset: 0 });
}

/** Images with a size that fits into them. */
const fitting = floatImages().chain((image) =>
  fc.record({
    image: fc.constant(image),
    size: fc.tuple(
      fc.integer({ min: 1, max: image.shape[0]! }),
      fc.integer({ min: 1, max: image.shape[1]! }),
    ),
    seed: fc.nat(),
  }),
);

describe('centerCrop', () => {
  it('takes the middle, cutting an odd margin off bottom and right', () => {
    expect(centerCrop(counting(3, 4), [1, 2]).toArray()).to.deep.equal([[5, 6]]);
    expect(centerCrop(counting(4, 4), [1, 3]).toArray()).to.deep.equal([[4, 5, 6]]);
  });

  it('names the edge that is too short', () => {
    const wide = zeros([30, 200, 3]);
    expect(() => centerCrop(wide, [64, 64]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'centerCrop: expected an image of at least [64, 64] pixels; received [30, 200, 3]. The height is 30 and should be 64 or more.',
      );
    expect(() => centerCrop(zeros([200, 30]), [64, 64]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'centerCrop: expected an image of at least [64, 64] pixels; received [200, 30]. The width is 30 and should be 64 or more.',
      );
  });
});

describe('randomCrop', () => {
  it('takes each place, and equally often', () => {
    const random = new Random(1);
    const seen = new Map<number, number>();
    for (let i = 0; i < 1200; i++) {
      const corner = randomCrop(counting(3, 5), [2, 3], random).at(0, 0);
      seen.set(corner, (seen.get(corner) ?? 0) + 1);
    }
    expect([...seen.keys()].sort((a, b) => a - b)).to.deep.equal([0, 1, 2, 5, 6, 7]);
    // 200 each, give or take five standard deviations of 13.
    for (const count of seen.values()) expect(count).to.be.closeTo(200, 65);
  });

  it('names the edge that is too short', () => {
    expect(() => randomCrop(zeros([2, 2]), [2, 3], new Random(1)))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'randomCrop: expected an image of at least [2, 3] pixels; received [2, 2]. The width is 2 and should be 3 or more.',
      );
  });
});

describe('cropToSquare', () => {
  it('takes the largest square in the middle', () => {
    expect(cropToSquare(counting(2, 5)).toArray()).to.deep.equal([
      [1, 2],
      [6, 7],
    ]);
    expect(cropToSquare(counting(4, 1)).toArray()).to.deep.equal([[1]]);
  });
});

describe('Cropping', () => {
  it('gives a view of the size that was asked for, found somewhere in the image', () => {
    fc.assert(
      fc.property(fitting, ({ image, size, seed }) => {
        const edge = Math.min(image.shape[0]!, image.shape[1]!);
        const cut: readonly [Tensor<'float32'>, readonly number[]][] = [
          [centerCrop(image, size), size],
          [randomCrop(image, size, new Random(seed)), size],
          [cropToSquare(image), [edge, edge]],
        ];
        for (const [part, expected] of cut) {
          expect(part.storage).to.equal(image.storage);
          expect(part.shape).to.deep.equal([...expected, ...image.shape.slice(2)]);
          for (const x of part.toTypedArray()) expect(x).to.be.within(0, 1);
        }
      }),
    );
  });

  it('gives the whole image where its size is asked for', () => {
    fc.assert(
      fc.property(floatImages(), (image) => {
        const size = [image.shape[0]!, image.shape[1]!] as const;
        const whole = image.toArray();
        expect(centerCrop(image, size).toArray()).to.deep.equal(whole);
        expect(randomCrop(image, size, new Random(1)).toArray()).to.deep.equal(whole);
      }),
    );
  });

  it('refuses a size without pixels', () => {
    expect(() => centerCrop(zeros([2, 2]), [0, 1]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'centerCrop: expected a size [height, width] of whole numbers, at least 1; received [0, 1].',
      );
  });
});
