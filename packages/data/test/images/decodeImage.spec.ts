import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '@gradus/io';
import { decodeImage } from '../../src/index';
import { testFile } from './jpegFiles';
import { pngOf } from './pngFiles';

describe('decodeImage', () => {
  const foreign: readonly [readonly number[], string][] = [
    [[], 'no bytes'],
    [[0x47, 0x49, 0x46, 0x38, 0x39, 0x61], 'a GIF image'],
    [[0x42, 0x4d, 1, 2], 'a BMP image'],
    [[0x49, 0x49, 0x2a, 0], 'a TIFF image'],
    [[0x4d, 0x4d, 0, 0x2a], 'a TIFF image'],
    [[0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50], 'a WebP image'],
    [[0x52, 0x49, 0x46, 0x46, 1], '5 bytes that start with 52 49 46 46 01'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], '9 bytes that start with 01 02 03 04 05 06 07 08'],
  ];
  for (const [bytes, received] of foreign) {
    it(`refuses ${received}`, () => {
      expect(() => decodeImage(Uint8Array.from(bytes)))
        .to.throw(FormatError)
        .with.property(
          'message',
          `decodeImage: expected a PNG or JPEG image; received ${received}.`,
        );
    });
  }

  it('reads bytes that start anywhere in their buffer', () => {
    for (const file of [testFile('grey.jpg'), pngOf([1, 2, 1], Uint8Array.of(3, 4))]) {
      const buffer = new Uint8Array(file.length + 20);
      buffer.set(file, 7);
      const part = buffer.subarray(7, 7 + file.length);
      expect(decodeImage(part).toArray()).to.deep.equal(decodeImage(file).toArray());
    }
  });

  it('never fails otherwise than with a FormatError', () => {
    const files = [
      testFile('grey.jpg'),
      testFile('progressive.jpg'),
      pngOf(
        [3, 2, 3],
        Uint8Array.from({ length: 18 }, (_, i) => i),
      ),
      pngOf(
        [3, 2, 1],
        Uint8Array.from({ length: 6 }, (_, i) => i % 2),
        {
          palette: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
      ),
    ];
    const edits = fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    const damaged = fc.record({ file: fc.constantFrom(...files), edits }).map(({ file, edits }) => {
      const bytes = file.slice();
      for (const [place, byte] of edits) bytes[place % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(damaged, (bytes) => {
        try {
          const { shape, dtype } = decodeImage(bytes);
          expect(dtype).to.equal('uint8');
          expect(shape).to.have.length(3);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
