import { expect } from 'chai';
import { encode } from 'jpeg-js';
import { FormatError } from '@gradus/io';
import { expectClose } from '@gradus/tensor/testing';
import { decodeImage } from '../../src/index';
import { exifOf, frameOf, testArray, testFile, withFrameByte, withSegment } from './jpegFiles';

/** Two decoders may round a sample differently; the brightest is a little over 220. */
const oneStep = { relative: 1 / 200 };

describe('decodeImage, of a JPEG file', () => {
  const grey = testArray('grey.npy');
  const flatten = (name: string) => {
    const { shape, data } = decodeImage(testFile(name));
    expect(shape).to.deep.equal([20, 28, 1]);
    return { ...grey, dtype: 'uint8', data } as const;
  };

  for (const name of ['grey.jpg', 'greyProgressive.jpg', 'greyRestarts.jpg']) {
    it(`gives the pixels of ${name} as libjpeg does`, () => {
      expectClose(flatten(name), grey, oneStep);
    });
  }

  it('gives the pixels of an image whose colours are not transformed', () => {
    expectClose(decodeImage(testFile('rgbAdobe.jpg')), testArray('rgb.npy'), oneStep);
  });

  it('gives about the pixels of a progressive image whose colours are coarser', () => {
    const decoded = decodeImage(testFile('progressive.jpg'));
    expectClose(decoded, testArray('rgb.npy'), { relative: 0.15 });
  });

  it('gives about the pixels that were encoded', () => {
    const colours = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255];
    const blocks = Uint8Array.from({ length: 16 * 48 * 4 }, (_, i) => {
      const block = Math.floor((Math.floor(i / 4) % 48) / 16);
      return colours[block * 4 + (i % 4)]!;
    });
    const decoded = decodeImage(encode({ width: 48, height: 16, data: blocks }, 100).data);
    expect(decoded.shape).to.deep.equal([16, 48, 3]);
    for (const [x, colour] of [
      [8, [255, 0, 0]],
      [24, [0, 255, 0]],
      [40, [0, 0, 255]],
    ] as const) {
      colour.forEach((value, c) => expect(decoded.at(8, x, c)).to.be.closeTo(value, 3));
    }
  });

  it('turns the image upright as EXIF says', () => {
    const stored = decodeImage(testFile('grey.jpg'));
    const turned = decodeImage(withSegment(testFile('grey.jpg'), 0xe1, exifOf(6)));
    expect(turned.shape).to.deep.equal([28, 20, 1]);
    // A quarter turn to the right: the left column becomes the top row, read upwards.
    expect(turned.at(0, 0, 0)).to.equal(stored.at(19, 0, 0));
    expect(turned.at(0, 19, 0)).to.equal(stored.at(0, 0, 0));
    expect(turned.at(27, 0, 0)).to.equal(stored.at(19, 27, 0));
  });

  it('skips segments that mean nothing to it', () => {
    const file = withSegment(withSegment(testFile('grey.jpg'), 0xe1, [1, 2, 3]), 0xfe, [65]);
    expect(decodeImage(file).toArray()).to.deep.equal(decodeImage(testFile('grey.jpg')).toArray());
  });

  const file = testFile('grey.jpg');
  const frame = frameOf(file);
  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'for print',
      testFile('cmyk.jpg'),
      `decodeImage: expected a JPEG image of 1 (grey) or 3 (colour) components at byte ${frameOf(testFile('cmyk.jpg'))}; received 4. It is meant for print (CMYK); convert it to RGB first.`,
    ],
    [
      'of two components',
      withFrameByte(file, 9, 2),
      `decodeImage: expected a JPEG image of 1 (grey) or 3 (colour) components at byte ${frame}; received 2.`,
    ],
    [
      'of 12 bits',
      withFrameByte(file, 4, 12),
      `decodeImage: expected 8 bits per sample at byte ${frame}; received 12.`,
    ],
    [
      'without loss',
      withFrameByte(file, 1, 0xc3),
      `decodeImage: expected a baseline or progressive JPEG image at byte ${frame}; received one of another coding (marker ff c3).`,
    ],
    [
      'without rows',
      withFrameByte(file, 6, 0),
      `decodeImage: expected an image of at least 1 x 1 pixel at byte ${frame}; received 28 x 0.`,
    ],
    [
      'that is too large',
      withFrameByte(withFrameByte(file, 5, 255), 7, 255),
      `decodeImage: expected an image of at most 50 megapixels at byte ${frame}; received 65308 x 65300. Make it smaller first.`,
    ],
    [
      'without a frame',
      file.subarray(0, 50),
      'decodeImage: expected a JPEG image with a frame header; received 50 bytes without one. The file is cut off or damaged.',
    ],
    [
      'that is cut off',
      file.subarray(0, 200),
      'decodeImage: expected a whole, undamaged JPEG image; received one that cannot be decoded (marker was not found).',
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses one ${title}`, () => {
      expect(() => decodeImage(bytes))
        .to.throw(FormatError)
        .with.property('message', message);
    });
  }

  for (const name of ['grey.jpg', 'progressive.jpg', 'greyRestarts.jpg']) {
    it(`refuses every beginning of ${name} that is not the whole file`, () => {
      const whole = testFile(name);
      for (let length = 0; length < whole.length; length++) {
        const part = whole.subarray(0, length);
        expect(() => decodeImage(part), `${length} bytes`).to.throw(FormatError);
      }
    });
  }
});
