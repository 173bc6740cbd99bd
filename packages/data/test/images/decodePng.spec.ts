import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '@gradus/io';
import { sizeOf, tensor, type Shape } from '@gradus/tensor';
import { decodeImage } from '../../src/index';
import { imageShapes, pixelImages } from '../../testing/index';
import { bigEndian, packedPngOf, pngOf, withChunk, withHeader } from './pngFiles';

/** Random samples below `bound` for every pixel of an image. */
function samples(shape: Shape, bound: number): fc.Arbitrary<number[]> {
  const length = sizeOf(shape);
  return fc.array(fc.nat({ max: bound - 1 }), { minLength: length, maxLength: length });
}

/** Generated images and the same in files. */
function images(channels: readonly number[], bound: number) {
  return imageShapes({ channels }).chain((shape) =>
    fc.record({ shape: fc.constant(shape), values: samples(shape, bound) }),
  );
}

describe('decodeImage, of a PNG file', () => {
  for (const interlace of [undefined, 'Adam7'] as const) {
    it(`gives the pixels of grey and colour images${interlace ? ', interlaced' : ''}`, () => {
      fc.assert(
        fc.property(pixelImages(), (image) => {
          const file = pngOf(image.shape, image.data, interlace && { interlace });
          const decoded = decodeImage(file);
          expect(decoded.dtype).to.equal('uint8');
          expect(decoded.toArray()).to.deep.equal(image.toArray());
        }),
      );
    });
  }

  it('rounds 16 bits to 8', () => {
    fc.assert(
      fc.property(images([1, 3], 65536), fc.boolean(), ({ shape, values }, interlaced) => {
        const file = pngOf(
          shape,
          Uint16Array.from(values),
          interlaced ? { interlace: 'Adam7' } : {},
        );
        const expected = values.map((value) => Math.round(value / 257));
        expect([...decodeImage(file).toTypedArray()]).to.deep.equal(expected);
      }),
    );
  });

  for (const depth of [1, 2, 4] as const) {
    it(`spreads ${depth} bits over 0 to 255`, () => {
      fc.assert(
        fc.property(images([1], 2 ** depth), ({ shape, values }) => {
          const decoded = decodeImage(packedPngOf(shape, values, depth));
          const expected = values.map((value) => (value * 255) / (2 ** depth - 1));
          expect(decoded.shape).to.deep.equal(shape);
          expect([...decoded.toTypedArray()]).to.deep.equal(expected);
        }),
      );
    });
  }

  it('looks colours up in the palette', () => {
    const palette = [
      [255, 0, 0],
      [0, 128, 255],
    ];
    const file = pngOf([1, 3, 1], Uint8Array.of(0, 1, 0), { palette });
    expect(decodeImage(file).toArray()).to.deep.equal([
      [
        [255, 0, 0],
        [0, 128, 255],
        [255, 0, 0],
      ],
    ]);
  });

  it('lays transparent pixels on white', () => {
    // 128/255 of 100 and 127/255 of 255: 50.2 + 127 = 177.2.
    const grey = pngOf([1, 3, 2], Uint8Array.of(100, 0, 100, 128, 100, 255));
    expect(decodeImage(grey).toArray()).to.deep.equal([[[255], [177], [100]]]);
    const colour = pngOf([1, 2, 4], Uint8Array.of(10, 20, 30, 0, 10, 20, 30, 255));
    expect(decodeImage(colour).toArray()).to.deep.equal([
      [
        [255, 255, 255],
        [10, 20, 30],
      ],
    ]);
    const palette = [
      [10, 20, 30, 0],
      [1, 2, 3, 255],
    ];
    const indexed = pngOf([1, 2, 1], Uint8Array.of(0, 1), { palette });
    expect(decodeImage(indexed).toArray()).to.deep.equal([
      [
        [255, 255, 255],
        [1, 2, 3],
      ],
    ]);
  });

  it('lays pixels of the colour that is declared transparent on white', () => {
    const grey = withChunk(pngOf([1, 2, 1], Uint8Array.of(7, 8)), 'tRNS', [0, 7]);
    expect(decodeImage(grey).toArray()).to.deep.equal([[[255], [8]]]);
    const pixels = Uint8Array.of(1, 2, 3, 1, 2, 4, 5, 2, 3);
    const colour = withChunk(pngOf([1, 3, 3], pixels), 'tRNS', [0, 1, 0, 2, 0, 3]);
    expect(decodeImage(colour).toArray()).to.deep.equal([
      [
        [255, 255, 255],
        [1, 2, 4],
        [5, 2, 3],
      ],
    ]);
  });

  it('ignores a palette that only suggests colours', () => {
    const file = withChunk(pngOf([1, 1, 3], Uint8Array.of(1, 2, 3)), 'PLTE', [9, 9, 9]);
    expect(decodeImage(file).toArray()).to.deep.equal([[[1, 2, 3]]]);
  });

  const file = pngOf([2, 2, 1], Uint8Array.of(1, 2, 3, 4));
  const damaged = file.slice();
  damaged[45]! ^= 1;
  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'without a header',
      file.subarray(0, 20),
      'decodeImage: expected a PNG header of 33 bytes; received 20 before the end of the file.',
    ],
    [
      'without pixels',
      withHeader(file, 16, bigEndian(0)),
      'decodeImage: expected an image of at least 1 x 1 pixel at byte 16; received 0 x 2.',
    ],
    [
      'that is too large',
      withHeader(file, 16, [...bigEndian(100_000), ...bigEndian(100_000)]),
      'decodeImage: expected an image of at most 50 megapixels at byte 16; received 100000 x 100000. Make it smaller first.',
    ],
    [
      'interlaced and of few bits',
      withHeader(packedPngOf([1, 1], [1], 1), 28, [1]),
      'decodeImage: expected an interlaced PNG image of 8 or 16 bits per sample at byte 24; received 1. Save it without interlacing.',
    ],
    [
      'whose palette lacks a colour',
      pngOf([1, 2, 1], Uint8Array.of(0, 1), { palette: [[1, 2, 3]] }),
      'decodeImage: expected palette indices below 1; received 1 at pixel 1.',
    ],
    [
      'of which a bit is wrong',
      damaged,
      'decodeImage: expected a whole, undamaged PNG image; received one that cannot be decoded (CRC mismatch for chunk IDAT. Expected 1879987185, found 2680961231).',
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses one ${title}`, () => {
      expect(() => decodeImage(bytes))
        .to.throw(FormatError)
        .with.property('message', message);
    });
  }

  it('refuses every beginning that is not the whole file', () => {
    const whole = pngOf([3, 4, 3], tensor(Uint8Array.from({ length: 36 }, (_, i) => 7 * i)).data);
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeImage(whole.subarray(0, length)), `${length} bytes`).to.throw(FormatError);
    }
  });
});
