import { DTypeError, OptionError, ShapeError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { gather, reshape, resize, type ResizeOptions } from '../../../src/index';

/** A row of pixels of one channel, and a resized one. */
const image = (...row: number[]) => tensor(Float32Array.from(row), [1, 1, row.length, 1]);
const widened = (row: number[], width: number, how: Pick<ResizeOptions, 'interpolation'> = {}) =>
  reshape(resize(image(...row), { size: [1, width], ...how }), [width]).toArray();

describe('resize', () => {
  it('weighs the two pixels around by nearness, and continues the outermost', () => {
    // Centres of pixels: of 2 in 4 at -1/4, 1/4, 3/4, 5/4.
    expect(widened([0, 8], 4)).to.deep.equal([0, 2, 6, 8]);
    // Of 4 in 2 at 1/2, 5/2; of 3 in 2 at 1/4, 7/4.
    expect(widened([1, 3, 5, 9], 2)).to.deep.equal([2, 7]);
    expect(widened([0, 4, 8], 2)).to.deep.equal([1, 7]);
    expect(widened([7], 3)).to.deep.equal([7, 7, 7]);
  });

  it('takes the nearest pixel', () => {
    const how = { interpolation: 'nearest' } as const;
    expect(widened([1, 2], 4, how)).to.deep.equal([1, 1, 2, 2]);
    // Of 2 in 3, pixel 1 begins at 2/3 and has its centre at 1, where the second begins.
    expect(widened([1, 2], 3, how)).to.deep.equal([1, 2, 2]);
    expect(widened([1, 2, 3, 4], 2, how)).to.deep.equal([2, 4]);
    expect(widened([1, 2, 3, 4, 5], 3, how)).to.deep.equal([1, 3, 5]);
  });

  it('takes height and width, or how many times as large', () => {
    const x = zeros([2, 4, 6, 3]);
    expect(resize(x, { size: 5 }).shape).to.deep.equal([2, 5, 5, 3]);
    expect(resize(x, { size: [1, 7] }).shape).to.deep.equal([2, 1, 7, 3]);
    expect(resize(x, { scale: 2 }).shape).to.deep.equal([2, 8, 12, 3]);
    expect(resize(x, { scale: [0.5, 0.3] }).shape).to.deep.equal([2, 2, 1, 3]);
    expect(resize(zeros([0, 4, 6, 3]), { size: 2 }).shape).to.deep.equal([0, 2, 2, 3]);
  });

  it('is linear along both axes', () => {
    const x = tensor(Float32Array.of(0, 4, 8, 20), [1, 2, 2, 1]);
    // Rows of [0, 4] and [8, 20]: [0, 1, 3, 4] and [8, 11, 17, 20]; the second of four is 1/4 down.
    const second = gather(resize(x, { size: 4 }), 1, { axis: 1 });
    expect(reshape(second, [4]).toArray()).to.deep.equal([2, 3.5, 6.5, 8]);
  });

  it('keeps whole numbers with nearest, and cannot average them', () => {
    const bytes = tensor(Uint8Array.of(1, 2), [1, 1, 2, 1]);
    expect(resize(bytes, { size: [1, 4], interpolation: 'nearest' }).dtype).to.equal('uint8');
    expect(() => resize(bytes, { size: 4 }))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "resize: expected float32 or float64, or the interpolation 'nearest'; received x uint8. " +
          "Convert it: cast(x, 'float32').",
      );
  });

  const wrong: readonly [options: unknown, message: string][] = [
    [undefined, 'one of size and scale; received size undefined and scale undefined.'],
    [{ size: 1, scale: 2 }, 'one of size and scale; received size 1 and scale 2.'],
    [{ size: 0 }, 'a size of one or two whole numbers of at least 1; received 0.'],
    [{ size: [2, NaN] }, 'a size of one or two whole numbers of at least 1; received [2, NaN].'],
    [{ size: [2] }, 'a size of one or two whole numbers of at least 1; received [2].'],
    [{ size: '3' }, "a size of one or two whole numbers of at least 1; received '3'."],
    [{ scale: 0.1 }, 'a scale, or two, that make at least one pixel of [2, 2]; received 0.1.'],
    [{ scale: -1 }, 'a scale, or two, that make at least one pixel of [2, 2]; received -1.'],
    [{ scale: '2' }, "a scale, or two, that make at least one pixel of [2, 2]; received '2'."],
    [
      { size: 2, interpolation: 'cubic' },
      "the interpolation 'nearest' or 'bilinear'; received 'cubic'.",
    ],
    [
      { size: 1e6 },
      'a result of less than 2^31 elements; received options that make it [1, 1000000, 1000000, 1].',
    ],
  ];
  for (const [options, message] of wrong) {
    it(`refuses ${JSON.stringify(options)}: ${message}`, () => {
      expect(() => resize(zeros([1, 2, 2, 1]), options as ResizeOptions))
        .to.throw(OptionError)
        .with.property('message', `resize: expected ${message}`);
    });
  }

  it('refuses what is no batch of images', () => {
    for (const shape of [
      [2, 2, 1],
      [1, 0, 2, 1],
      [1, 2, 0, 1],
    ]) {
      expect(() => resize(zeros(shape), { size: 2 }))
        .to.throw(ShapeError)
        .with.property(
          'message',
          'resize: expected x [batch, height, width, channels] with at least one pixel; ' +
            `received [${shape.join(', ')}].`,
        );
    }
  });
});
