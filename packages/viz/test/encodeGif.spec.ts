import { expect } from 'chai';
import fc from 'fast-check';
import { fill, tensor, type Tensor } from '@gradus/tensor';
import { encodeGif, kernelPicture } from '../src/index';
import { readGif } from './readGif';

const frame = (...levels: number[]) => tensor(new Uint8Array(levels), [1, levels.length]);

describe('encodeGif', () => {
  it('writes the size, the frames and their delays', () => {
    const options = { delay: 120, lastDelay: 2000 };
    const gif = readGif(encodeGif([frame(0, 1), frame(2, 3), frame(4, 5)], options));
    expect([gif.width, gif.height]).to.deep.equal([2, 1]);
    expect(gif.frames.map(({ delay }) => delay)).to.deep.equal([120, 120, 2000]);
  });

  it('shows every frame for 100 milliseconds and starts again unless told otherwise', () => {
    const gif = readGif(encodeGif([frame(0), frame(1)]));
    expect(gif.frames.map(({ delay }) => delay)).to.deep.equal([100, 100]);
    expect(gif.repeat).to.equal(0);
    expect(readGif(encodeGif([frame(0)], { loop: false })).repeat).to.equal(undefined);
  });

  it('keeps up to 256 colours as they are, in one palette for all frames', () => {
    const colors = fc.array(fc.integer({ min: 0, max: 0xffffff }), {
      minLength: 1,
      maxLength: 256,
    });
    const films = fc.tuple(fc.integer({ min: 1, max: 4 }), colors).map(([count, all]) =>
      Array.from({ length: count }, (_, f): Tensor<'uint8'> => {
        const pixels = all.flatMap((_color, i) => {
          const color = all[(i * (f + 1)) % all.length]!;
          return [color >> 16, (color >> 8) & 255, color & 255];
        });
        return tensor(new Uint8Array(pixels), [1, all.length, 3]);
      }),
    );
    fc.assert(
      fc.property(films, (frames) => {
        const gif = readGif(encodeGif(frames));
        expect(gif.frames.map(({ pixels }) => pixels)).to.deep.equal(
          frames.map(({ data }) => [...data]),
        );
        expect(gif.frames.some(({ hasOwnPalette }) => hasOwnPalette)).to.be.false;
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the colours of a film of kernels', () => {
    const frames = [0, 1, 2].map((e) =>
      kernelPicture(
        fill([32, 32], (i) => Math.sin(i / 9 + e)),
        { caption: `epoch ${e}`, range: [-1, 1] },
      ),
    );
    const gif = readGif(encodeGif(frames));
    gif.frames.forEach(({ pixels }, i) => {
      expect(Buffer.from(pixels).equals(Buffer.from(frames[i]!.data))).to.be.true;
    });
  });

  it('takes the nearest of 256 colours where there are more', () => {
    const many = fill([64, 64, 3], (i) => (i * 37) % 256, 'uint8');
    const smooth = fill(
      [64, 64, 3],
      (i) => [i % 192, Math.floor(i / 192) * 4, 128][i % 3]!,
      'uint8',
    );
    const gif = readGif(encodeGif([smooth, many]));
    expect(gif.palette).to.have.length(256);
    const errors = gif.frames[0]!.pixels.map((level, i) => Math.abs(level - smooth.data[i]!));
    expect(errors.reduce((a, b) => a + b, 0) / errors.length).to.be.below(12);
    expect(gif.frames.some(({ hasOwnPalette }) => hasOwnPalette)).to.be.false;
  });

  it('takes grey and coloured frames together', () => {
    const colored = tensor(new Uint8Array([9, 8, 7]), [1, 1, 3]);
    const gif = readGif(encodeGif([frame(5), colored]));
    expect(gif.frames.map(({ pixels }) => pixels)).to.deep.equal([
      [5, 5, 5],
      [9, 8, 7],
    ]);
  });
});
