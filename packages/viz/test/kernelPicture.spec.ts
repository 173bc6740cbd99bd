import { expect } from 'chai';
import fc from 'fast-check';
import { fill, tensor, zeros } from '@gradus/tensor';
import { kernelPicture, type KernelPictureOptions } from '../src/index';
import { colorsOf, pixelAt } from './pixels';

const sobel = tensor([
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
]);
const ramp = (size: number) => fill([size, size], (i) => i / size ** 2 - 0.5);
const drawn = { caption: 'epoch 1', range: [-2, 2] } as const;
const lines = (picture: ReturnType<typeof kernelPicture>, from: number, to: number) =>
  picture.data.slice(from * picture.shape[1]! * 3, to * picture.shape[1]! * 3);

describe('kernelPicture', () => {
  it('paints every coefficient in the colour of the diverging map', () => {
    const picture = kernelPicture(sobel, { colorBar: false, numbers: false, cellSize: 10 });
    // 320 pixels wide, so that the map of 30 begins at 16 + 145.
    const row = (y: number) => [0, 1, 2].map((x) => pixelAt(picture, 165 + 10 * x, 20 + 10 * y));
    expect(picture.shape).to.deep.equal([62, 352, 3]);
    expect(row(1)).to.deep.equal([
      [59, 76, 192],
      [221, 221, 221],
      [180, 4, 38],
    ]);
    expect(row(0)).to.deep.equal(row(2));
    expect(pixelAt(picture, 150, 20)).to.deep.equal([255, 255, 255]);
  });

  const sizes = [
    [1, 320],
    [3, 318],
    [5, 350],
    [7, 315],
    [11, 319],
    [32, 320],
    [100, 300],
    [400, 400],
  ] as const;
  for (const [size, map] of sizes) {
    it(`draws a kernel of ${size}x${size} about ${map} pixels wide`, () => {
      const picture = kernelPicture(ramp(size), { colorBar: false });
      expect(picture.shape).to.deep.equal([map + 32, Math.max(map, 320) + 32, 3]);
    });
  }

  it('has one size for all values, captions and ranges, so that pictures make a film', () => {
    const number = fc.integer({ min: -640, max: 640 }).map((n) => n / 64);
    const values = fc.array(fc.oneof(number, fc.constant(NaN)), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(values, fc.string({ maxLength: 60 }), (nine, caption) => {
        const kernel = tensor(Float64Array.from(nine), [3, 3]);
        expect(kernelPicture(kernel, { caption }).shape).to.deep.equal(
          kernelPicture(sobel, drawn).shape,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('writes the caption above the map and nothing else there', () => {
    const [one, two] = ['epoch 1', 'epoch 2'].map((caption) =>
      kernelPicture(sobel, { ...drawn, caption }),
    );
    expect(lines(one!, 0, 40)).to.not.deep.equal(lines(two!, 0, 40));
    expect(lines(one!, 40, 400)).to.deep.equal(lines(two!, 40, 400));
  });

  it('shows the scale and its ends below the map', () => {
    const [one, two] = [2, 3].map((end) => kernelPicture(zeros([3, 3]), { range: [-end, end] }));
    const bar = 16 + 318 + 16 + 5;
    expect(pixelAt(one!, 16, bar)).to.deep.equal([59, 76, 192]);
    expect(pixelAt(one!, 16 + 319, bar)).to.deep.equal([180, 4, 38]);
    expect(lines(one!, 0, bar + 8)).to.deep.equal(lines(two!, 0, bar + 8));
    expect(lines(one!, bar + 8, bar + 40)).to.not.deep.equal(lines(two!, bar + 8, bar + 40));
  });

  const numbered: [string, number, KernelPictureOptions, boolean][] = [
    ['writes the coefficients of a 3x3 kernel', 3, {}, true],
    ['writes the coefficients of a 5x5 kernel', 5, {}, true],
    ['leaves larger kernels without', 7, {}, false],
    ['writes them into larger kernels if asked', 7, { numbers: true }, true],
    ['writes them small into small cells if asked', 7, { numbers: true, cellSize: 34 }, true],
    ['leaves them out if asked', 3, { numbers: false }, false],
    ['leaves them out of small cells', 3, { cellSize: 60 }, false],
  ];
  for (const [title, size, options, expected] of numbered) {
    it(title, () => {
      const kernel = fill([size, size], () => -0.125);
      const picture = kernelPicture(kernel, { ...options, range: [-1, 1], colorBar: false });
      const dark = colorsOf(picture).has('0,0,0');
      expect(dark).to.equal(expected);
    });
  }

  it('marks coefficients that are not finite', () => {
    expect(colorsOf(kernelPicture(tensor([[NaN, 1]])))).to.include('255,0,255');
    expect(colorsOf(kernelPicture(tensor([[Infinity]])))).to.include('255,0,255');
    expect(colorsOf(kernelPicture(sobel))).to.not.include('255,0,255');
  });

  it('shares its colours with every other picture of a film: at most 256 of them', () => {
    const film = Array.from({ length: 8 }, (_, e) =>
      kernelPicture(
        fill([32, 32], (i) => Math.sin(i + e)),
        { caption: 'a', range: [-1, 1] },
      ),
    );
    const all = new Set(film.flatMap((picture) => [...colorsOf(picture)]));
    expect(all.size).to.be.within(200, 256);
  });
});
