import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '@gradus/io';
import type { DType } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { decodeIdx } from '../../src/index';
import { idxBytes, type idxTypes } from './idxBytes';

type TypeName = keyof typeof idxTypes;

describe('decodeIdx', () => {
  it('reads a file written by hand', () => {
    const header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3];
    const x = decodeIdx(Uint8Array.of(...header, 1, 2, 3, 253, 254, 255));
    expect(x.dtype).to.equal('uint8');
    expect(x.toArray()).to.deep.equal([[[1, 2, 3]], [[253, 254, 255]]]);
  });

  const encodings: readonly [TypeName, readonly number[], DType, number][] = [
    ['unsignedByte', [0xfe], 'uint8', 254],
    ['signedByte', [0xfe], 'int32', -2],
    ['short', [0xff, 0x01], 'int32', -255],
    ['int', [0x80, 0, 0, 0x01], 'int32', -2147483647],
    ['float', [0xc0, 0x20, 0, 0], 'float32', -2.5],
    ['double', [0xc0, 0x04, 0, 0, 0, 0, 0, 0], 'float64', -2.5],
  ];
  for (const [type, data, dtype, value] of encodings) {
    it(`reads numbers of type ${type}, the most significant byte first, as ${dtype}`, () => {
      const header = idxBytes([1], [], type);
      const x = decodeIdx(Uint8Array.of(...header, ...data));
      expect(x.dtype).to.equal(dtype);
      expect(x.toArray()).to.deep.equal([value]);
    });
  }

  const kept: readonly [DType, TypeName][] = [
    ['uint8', 'unsignedByte'],
    ['int32', 'int'],
    ['float32', 'float'],
    ['float64', 'double'],
  ];
  it('reads what was written, of any shape and type, wherever it lies in its buffer', () => {
    const cases = fc
      .record({
        shape: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
        kind: fc.constantFrom(...kept),
        shift: fc.nat({ max: 8 }),
      })
      .chain(({ shape, kind: [dtype, type], shift }) =>
        tensors(shape, { dtype }).map((x) => ({ x, type, shift })),
      );
    fc.assert(
      fc.property(cases, ({ x, type, shift }) => {
        const bytes = idxBytes(x.shape, x.toTypedArray(), type);
        const buffer = new Uint8Array(bytes.length + 9);
        buffer.set(bytes, shift);
        const found = decodeIdx(buffer.subarray(shift, shift + bytes.length));
        expect(found.dtype).to.equal(x.dtype);
        expect(found.shape).to.deep.equal(x.shape);
        expect(found.toTypedArray()).to.deep.equal(x.toTypedArray());
      }),
    );
  });

  it('reads as many as 32 axes', () => {
    const shape = Array.from({ length: 32 }, () => 1);
    expect(decodeIdx(idxBytes(shape, [7])).item()).to.equal(7);
  });

  it('does not copy unsigned bytes, of which data sets have many', () => {
    const bytes = Buffer.from(idxBytes([2, 3]));
    const { data } = decodeIdx(bytes);
    expect(data.buffer).to.equal(bytes.buffer);
    expect(Buffer.isBuffer(data)).to.equal(false);
  });

  const startExpected =
    'decodeIdx: expected the start of an IDX file, 00 00 and a type from 08 to 0e, at byte 0; received';
  const wrong: readonly [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(0), `${startExpected} no bytes.`],
    ['two bytes', new Uint8Array(2), `${startExpected} 00 00.`],
    ['a type that is none', Uint8Array.of(0, 0, 0x0a, 1), `${startExpected} 00 00 0a 01.`],
    ['a first byte that is not 0', Uint8Array.of(1, 0, 8, 1), `${startExpected} 01 00 08 01.`],
    ['a second byte that is not 0', Uint8Array.of(0, 1, 8, 1), `${startExpected} 00 01 08 01.`],
    [
      'a gzip file',
      Uint8Array.of(0x1f, 0x8b, 8, 0, 0),
      `${startExpected} 1f 8b 08 00. This is gzip; unpack it first. The readers of @gradus/data/node do so.`,
    ],
    [
      'a zip archive',
      Uint8Array.of(0x50, 0x4b, 3, 4),
      `${startExpected} 50 4b 03 04. This is a zip archive; unpack it first.`,
    ],
    [
      'a web page',
      Buffer.from('<!doctype html>'),
      `${startExpected} 3c 21 64 6f. This may be a web page, such as the error page of a download.`,
    ],
    [
      'a file that ends before the number of axes',
      Uint8Array.of(0, 0, 8),
      'decodeIdx: expected 1 to 32 axes at byte 3; received the end of the file.',
    ],
    [
      'no axes',
      Uint8Array.of(0, 0, 8, 0, 1),
      'decodeIdx: expected 1 to 32 axes at byte 3; received 0.',
    ],
    [
      'too many axes',
      idxBytes(Array.from({ length: 33 }, () => 1)),
      'decodeIdx: expected 1 to 32 axes at byte 3; received 33.',
    ],
    [
      'a file that ends in the header',
      idxBytes([2, 3]).subarray(0, 9),
      'decodeIdx: expected the sizes of 2 axes in 8 bytes at byte 4; received 5 before the end of the file.',
    ],
    [
      'a file that ends in the data',
      idxBytes([2, 3], [1, 2], 'float'),
      'decodeIdx: expected 24 bytes of data for float32 [2, 3] at byte 12; received 8 before the end of the file.',
    ],
    [
      'a file without the data of the largest size',
      idxBytes([2 ** 32 - 1], []),
      'decodeIdx: expected 4294967295 bytes of data for uint8 [4294967295] at byte 8; received 0 before the end of the file.',
    ],
    [
      'a file that goes on after the data',
      idxBytes([2, 1], [1, 2, 3]),
      "decodeIdx: expected 2 bytes of data for uint8 [2, 1] at byte 12; received 3. Bytes after the array's end: 1.",
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => decodeIdx(bytes))
        .to.throw(FormatError)
        .with.property('message', message);
    });
  }

  it('refuses what are no bytes', () => {
    const message = (value: unknown): string => {
      try {
        decodeIdx(value as Uint8Array);
      } catch (error) {
        if (error instanceof FormatError) return error.message;
      }
      return 'nothing of ours';
    };
    const expected = 'decodeIdx: expected the bytes of a file, a Uint8Array; received';
    expect(message(undefined)).to.equal(`${expected} a value of type undefined.`);
    expect(message('text')).to.equal(`${expected} a value of type string.`);
    expect(message(new ArrayBuffer(4))).to.equal(
      `${expected} an ArrayBuffer. Give new Uint8Array(buffer).`,
    );
  });

  it('refuses every beginning of a file that is not the whole file', () => {
    const whole = idxBytes([3, 1], [1, 2, 3], 'short');
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeIdx(whole.subarray(0, length)), `${length} bytes`).to.throw(FormatError);
    }
    expect(decodeIdx(whole).size).to.equal(3);
  });

  it('never fails otherwise than with a FormatError', () => {
    const whole = idxBytes([2, 2], [1, 2, 3, 4], 'float');
    const edits = fc.array(fc.tuple(fc.nat({ max: 27 }), fc.nat({ max: 255 })), { minLength: 1 });
    const damaged = edits.map((changes) => {
      const bytes = whole.slice();
      for (const [place, byte] of changes) bytes[place] = byte;
      return bytes;
    });
    const headed = fc
      .tuple(fc.constantFrom(8, 9, 11, 12, 13, 14), fc.uint8Array({ maxLength: 200 }))
      .map(([code, rest]) => Uint8Array.of(0, 0, code, ...rest));
    fc.assert(
      fc.property(fc.oneof(damaged, headed, fc.uint8Array()), (bytes) => {
        try {
          decodeIdx(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
