import { expect } from 'chai';
import fc from 'fast-check';
import { signedLeb128, unsignedLeb128 } from '../../../src/simd/wasm/leb128';

/** The number that bytes stand for, from the definition: seven bits each, the lowest first. */
function decode(bytes: readonly number[], signed: boolean): bigint {
  const value = bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 127) << BigInt(7 * i)), 0n);
  const negative = signed && (bytes.at(-1)! & 64) !== 0;
  return negative ? value - (1n << BigInt(7 * bytes.length)) : value;
}

function endsAtLast(bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => byte >>> 7 === (i < bytes.length - 1 ? 1 : 0));
}

describe('unsignedLeb128', () => {
  const table: readonly [value: number, bytes: number[]][] = [
    [0, [0]],
    [1, [1]],
    [127, [127]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [16383, [0xff, 0x7f]],
    [16384, [0x80, 0x80, 1]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 8]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 15]],
  ];
  for (const [value, bytes] of table) {
    it(`writes ${value} in ${bytes.length} bytes`, () => {
      expect(unsignedLeb128(value)).to.deep.equal(bytes);
    });
  }

  it('writes every 32-bit number so that it can be read again', () => {
    const numbers = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(numbers, (value) => {
        const bytes = unsignedLeb128(value);
        expect(decode(bytes, false)).to.equal(BigInt(value));
        expect(endsAtLast(bytes)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('signedLeb128', () => {
  const table: readonly [value: number, bytes: number[]][] = [
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [8191, [0xff, 0x3f]],
    [8192, [0x80, 0xc0, 0]],
    [-8192, [0x80, 0x40]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 7]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
    // The same 32 bits as -1.
    [2 ** 32 - 1, [0x7f]],
  ];
  for (const [value, bytes] of table) {
    it(`writes ${value} in ${bytes.length} bytes`, () => {
      expect(signedLeb128(value)).to.deep.equal(bytes);
    });
  }

  it('writes every 32-bit number so that it can be read again', () => {
    const numbers = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(numbers, (value) => {
        const bytes = signedLeb128(value);
        expect(decode(bytes, true)).to.equal(BigInt(value));
        expect(endsAtLast(bytes)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });
});
