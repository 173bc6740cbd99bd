import { expect } from 'chai';
import { decode } from 'fast-png';
import fc from 'fast-check';
import { sliceLayout, tensor, Tensor } from '@gradus/tensor';
import { encodePng } from '../src/index';

const pictures = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 3))
  .chain(([height, width, channels]) => {
    const length = height * width * channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((pixels) => tensor(pixels, channels === 3 ? [height, width, 3] : [height, width]));
  });

describe('encodePng', () => {
  it('writes a PNG that holds the very pixels', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const png = decode(encodePng(picture));
        const { height, width, channels, depth, data } = png;
        expect([height, width, channels, depth]).to.deep.equal([
          picture.shape[0],
          picture.shape[1],
          picture.shape[2] ?? 1,
          8,
        ]);
        expect([...data]).to.deep.equal([...picture.data]);
      }),
    );
  });

  it('reads views through their strides', () => {
    const whole = tensor(
      Uint8Array.from({ length: 16 }, (_, i) => i),
      [4, 4],
    );
    const part = { begin: [1, 2], size: [2, 2], step: [2, -1] };
    const view = new Tensor(whole.storage, sliceLayout(whole, part));
    expect([...decode(encodePng(view)).data]).to.deep.equal([6, 5, 14, 13]);
  });

  it('writes the same bytes every time', () => {
    const picture = tensor(new Uint8Array(300).fill(3), [10, 10, 3]);
    expect(encodePng(picture)).to.deep.equal(encodePng(picture));
  });
});
