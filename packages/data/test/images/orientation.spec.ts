import { expect } from 'chai';
import fc from 'fast-check';
import { arrayStorage, rowMajor, Tensor, tensor } from '@gradus/tensor';
import { readOrientation, upright, type Orientation } from '../../src/images/orientation';
import { tiffOf } from './jpegFiles';

describe('the orientation of a photograph', () => {
  // The picture "ab/cd/ef", upright, as each orientation stores it (CIPA DC-008, figure of tag 0x0112).
  const stored: readonly [Orientation, readonly string[]][] = [
    [1, ['ab', 'cd', 'ef']],
    [2, ['ba', 'dc', 'fe']],
    [3, ['fe', 'dc', 'ba']],
    [4, ['ef', 'cd', 'ab']],
    [5, ['ace', 'bdf']],
    [6, ['bdf', 'ace']],
    [7, ['fdb', 'eca']],
    [8, ['eca', 'fdb']],
  ];
  for (const [orientation, rows] of stored) {
    it(`${orientation} is undone`, () => {
      const codes = Uint8Array.from(rows.join(''), (letter) => letter.charCodeAt(0));
      const layout = upright(rowMajor([rows.length, rows[0]!.length, 1]), orientation);
      const image = new Tensor(arrayStorage('uint8', codes), layout);
      expect(image.shape).to.deep.equal([3, 2, 1]);
      expect(String.fromCharCode(...image.toTypedArray())).to.equal('abcdef');
    });
  }

  it('is read in either order of bytes', () => {
    for (let value = 1; value <= 8; value++) {
      expect(readOrientation(Uint8Array.from(tiffOf(value, 'II')))).to.equal(value);
      expect(readOrientation(Uint8Array.from(tiffOf(value, 'MM')))).to.equal(value);
    }
  });

  it('is upright where the value makes no sense', () => {
    expect(readOrientation(Uint8Array.from(tiffOf(0)))).to.equal(1);
    expect(readOrientation(Uint8Array.from(tiffOf(9)))).to.equal(1);
  });

  it('is upright where the tag is missing', () => {
    const bytes = Uint8Array.from(tiffOf(6));
    bytes[10] = 0x13;
    expect(readOrientation(bytes)).to.equal(1);
  });

  it('is 1 to 8 whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(readOrientation(bytes)).to.be.within(1, 8);
      }),
    );
    const whole = Uint8Array.from(tiffOf(6));
    for (let length = 0; length < 20; length++) {
      expect(readOrientation(whole.subarray(0, length)), `${length} bytes`).to.equal(1);
    }
  });

  it('does not copy', () => {
    const image = tensor(Uint8Array.of(1, 2), [1, 2, 1]);
    expect(upright(image, 1)).to.deep.equal(rowMajor([1, 2, 1]));
  });
});
