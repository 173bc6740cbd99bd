import { expect } from 'chai';
import fc from 'fast-check';
import { tensor, zeros } from '@gradus/tensor';
import { decodeNpz, encodeNpy, encodeNpz, FormatError } from '../src/index';
import { expectOnlyFormatErrors } from './viewRecords';
import { archive } from './zipBytes';

/** numpy.savez(w=float32 [1, -2.5], n=uint8 [[7]]), NumPy 2.4. */
const stored = `
  UEsDBC0AAAAAAAAAIQAYbZef//////////8FABQAdy5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2Ny
  JzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAg
  ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAIMBQSwMELQAAAAAAAAAhAC/D4Vn/////////
  /wUAFABuLm5weQEAEACBAAAAAAAAAIEAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXIn
  OiBGYWxzZSwgJ3NoYXBlJzogKDEsIDEpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg
  ICAgICAgICAgICAgIAoHUEsBAi0DLQAAAAAAAAAhABhtl5+IAAAAiAAAAAUAAAAAAAAAAAAAAIABAAAAAHcubnB5UEsBAi0D
  LQAAAAAAAAAhAC/D4VmBAAAAgQAAAAUAAAAAAAAAAAAAAIABvwAAAG4ubnB5UEsFBgAAAAACAAIAZgAAAHcBAAAAAA==`;
/** numpy.savez_compressed of the same. */
const compressed = `
  UEsDBC0AAAAIAAAAIQAYbZef//////////8FABQAdy5ucHkBABAAiAAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc
  pG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC4GhgZ7BgaFAwBQSwMELQAAAAgAAAAh
  AC/D4Vn//////////wUAFABuLm5weQEAEACBAAAAAAAAAEcAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXlNqqK6joJ6W
  X1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKhpo6CrUKZAMudgBQSwECLQMtAAAACAAAACEAGG2Xn0wAAACIAAAABQAA
  AAAAAAAAAAAAgAEAAAAAdy5ucHlQSwECLQMtAAAACAAAACEAL8PhWUcAAACBAAAABQAAAAAAAAAAAAAAgAGDAAAAbi5ucHlQ
  SwUGAAAAAAIAAgBmAAAAAQEAAAAA`;

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const message = (bytes: Uint8Array): string => {
  try {
    decodeNpz(bytes);
    return 'nothing failed';
  } catch (error) {
    expect(error).to.be.instanceOf(FormatError);
    return (error as FormatError).message;
  }
};

describe('decodeNpz', () => {
  for (const [title, bytes] of [
    ['numpy.savez', stored],
    ['numpy.savez_compressed', compressed],
  ] as const) {
    it(`reads what ${title} writes`, () => {
      const { w, n } = decodeNpz(fromBase64(bytes));
      expect([w!.dtype, w!.toArray()]).to.deep.equal(['float32', [1, -2.5]]);
      expect([n!.dtype, n!.toArray()]).to.deep.equal(['uint8', [[7]]]);
    });
  }

  it('reads an archive put together by hand', () => {
    const found = decodeNpz(archive('x.npy', encodeNpy(tensor([1, 2, 3]))));
    expect(Object.keys(found)).to.deep.equal(['x']);
    expect(found['x']!.toArray()).to.deep.equal([1, 2, 3]);
  });

  it('reads bytes that start anywhere in their buffer, and an archive with a comment', () => {
    const bytes = encodeNpz({ x: tensor([1, 2, 3]) });
    const buffer = new Uint8Array(bytes.length + 10);
    buffer.set(bytes, 3);
    buffer[bytes.length + 1] = 2;
    const found = decodeNpz(buffer.subarray(3, bytes.length + 5));
    expect(found['x']!.toArray()).to.deep.equal([1, 2, 3]);
  });

  it('is not misled by a comment that looks like the end of another archive', () => {
    const bytes = encodeNpz({ x: tensor([1, 2, 3]) });
    const comment = [0x50, 0x4b, 5, 6, ...new Array<number>(20).fill(0)];
    const whole = Uint8Array.of(...bytes.subarray(0, -2), comment.length, 0, ...comment);
    expect(decodeNpz(whole)['x']!.toArray()).to.deep.equal([1, 2, 3]);
  });

  const npy = encodeNpy(tensor([1, 2, 3]));
  // 30 + 5 + 140 bytes of the file, then 46 + 5 of the directory, then 22 of the end: 248.
  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'nothing',
      new Uint8Array(0),
      'decodeNpz: expected a zip archive that ends with its directory; received no bytes.',
    ],
    [
      'an NPY file',
      npy,
      'decodeNpz: expected a zip archive that ends with its directory; received 140 bytes that ' +
        'start with 93 4e 55 4d 50 59. This may be an NPY file; read it with decodeNpy.',
    ],
    [
      'an archive that is cut off',
      archive('x.npy', npy).subarray(0, 247),
      'decodeNpz: expected a zip archive that ends with its directory; received 247 bytes that ' +
        'start with 50 4b 03 04 14 00. It starts as one: the file may be cut off.',
    ],
    [
      'a directory that is not where the end says',
      archive('x.npy', npy, { 242: 174 }),
      'decodeNpz: expected the directory of one archive right before its end at byte 226; ' +
        'received 1 files in 51 bytes from byte 174 on.',
    ],
    [
      'more files than the directory has',
      archive('x.npy', npy, { 234: 2, 236: 2 }),
      'decodeNpz: expected an entry of the directory at byte 226; received its end.',
    ],
    [
      'fewer files than the directory has',
      archive('x.npy', npy, { 234: 0, 236: 0 }),
      'decodeNpz: expected a directory of 0 files at byte 175; received 51 bytes more.',
    ],
    [
      'an entry that is none',
      archive('x.npy', npy, { 177: 9 }),
      'decodeNpz: expected an entry of the directory at byte 175; received 50 4b 09 02.',
    ],
    [
      'an encrypted file',
      archive('x.npy', npy, { 183: 1 }),
      'decodeNpz: expected x.npy to be readable at byte 175; received an encrypted file.',
    ],
    [
      'a method that nobody uses for arrays',
      archive('x.npy', npy, { 185: 12 }),
      'decodeNpz: expected x.npy to be stored (0) or deflated (8) at byte 175; received method 12.',
    ],
    [
      'a stored file of two sizes',
      archive('x.npy', npy, { 195: 141 }),
      'decodeNpz: expected x.npy of 140 bytes in as many as it needs at byte 175; received 141 bytes.',
    ],
    [
      'a deflated file that would become far too large',
      archive('x.npy', npy, { 185: 8, 202: 1 }),
      'decodeNpz: expected x.npy of 16777356 bytes in as many as it needs at byte 175; received 140 bytes.',
    ],
    [
      'a deflated file that is none: there is no third kind of block',
      archive('x.npy', npy, { 185: 8, 35: 0b111 }),
      'decodeNpz: expected x.npy of 140 bytes with the check sum in the directory at byte 0; ' +
        'received bytes that cannot be inflated.',
    ],
    [
      'a file that was changed',
      archive('x.npy', npy, { 174: 1 }),
      'decodeNpz: expected x.npy of 140 bytes with the check sum in the directory at byte 0; ' +
        'received other content.',
    ],
    [
      'a header of another file',
      archive('x.npy', npy, { 30: 121 }),
      'decodeNpz: expected the header and the 140 bytes of x.npy at byte 0; received another header.',
    ],
    [
      'a place where no file is',
      archive('x.npy', npy, { 217: 1 }),
      'decodeNpz: expected the header and the 140 bytes of x.npy at byte 1; ' +
        'received other bytes, or too few.',
    ],
    [
      'a place after the end',
      archive('x.npy', npy, { 220: 1 }),
      'decodeNpz: expected the header and the 140 bytes of x.npy at byte 16777216; ' +
        'received other bytes, or too few.',
    ],
    [
      'a name that is not UTF-8',
      archive('x.npy', npy, { 221: 0xff }),
      'decodeNpz: expected a name in UTF-8 at byte 175; received other bytes.',
    ],
    [
      'another sort of file',
      archive('x.txt', npy),
      'decodeNpz: expected nothing but .npy files at byte 0; received "x.txt".',
    ],
    [
      'an archive of a damaged NPY file, which it names',
      archive('x.npy', npy.subarray(0, 130)),
      'x.npy: decodeNpy: expected 12 bytes of data for float32 [3] at byte 128; ' +
        'received 2 before the end of the file.',
    ],
  ];
  for (const [title, bytes, text] of wrong) {
    it(`refuses ${title}`, () => {
      expect(message(bytes)).to.equal(text);
    });
  }

  it('refuses two files of one name', () => {
    const bytes = encodeNpz({ a: tensor([1]), b: tensor([1]) });
    const twice = bytes.map((byte) => (byte === 'b'.charCodeAt(0) ? 'a'.charCodeAt(0) : byte));
    const found = message(twice);
    expect(found).to.equal('decodeNpz: expected files of different names; received two a.npy.');
  });

  it('refuses what is not bytes', () => {
    for (const value of [null, undefined, 'PK', [80, 75], new ArrayBuffer(4)]) {
      expect(() => decodeNpz(value as never)).to.throw(FormatError, /a Uint8Array; received/);
    }
  });

  for (const options of [{}, { compressed: true }]) {
    const whole = encodeNpz({ x: tensor([1, 2, 3]), y: zeros([4, 4]) }, options);

    it(`refuses every beginning of an archive, ${JSON.stringify(options)}`, () => {
      for (let length = 0; length < whole.length; length++) {
        expect(() => decodeNpz(whole.subarray(0, length)), `${length}`).to.throw(FormatError);
      }
    });

    it(`never fails otherwise than with a FormatError, ${JSON.stringify(options)}`, () => {
      expectOnlyFormatErrors(decodeNpz, whole, 600);
    });

    it(`never gives other numbers for changed bytes, ${JSON.stringify(options)}`, () => {
      const bit = fc.nat({ max: 8 * whole.length - 1 });
      fc.assert(
        fc.property(bit, (place) => {
          const bytes = whole.slice();
          bytes[place >> 3]! ^= 1 << (place & 7);
          try {
            const { x, y } = decodeNpz(bytes);
            expect([x?.toArray(), y?.toTypedArray()].flat()).to.be.an('array');
            if (x) expect(x.toArray()).to.deep.equal([1, 2, 3]);
            if (y) expect(y.toTypedArray()).to.deep.equal(new Float32Array(16));
          } catch (error) {
            expect(error).to.be.instanceOf(FormatError);
          }
        }),
        { numRuns: 600 },
      );
    });
  }
});
