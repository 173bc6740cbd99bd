import { checkOperation } from '@gradus/autodiff/testing';
import { fill, OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AffineMap } from '../../src/augmentation/affineMap';
import { fillModes, foldIndex } from '../../src/augmentation/fillMode';
import { resampleAffine, resampleAffineInputGradient } from '../../src/augmentation/resampleAffine';

const small = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);

describe('resampleAffine', () => {
  it('is an operation with a gradient like any other, and so is its gradient', () => {
    checkOperation(resampleAffine);
    checkOperation(resampleAffineInputGradient);
  });

  const identity = { maps: [[1, 0, 0, 0, 1, 0]], size: [2, 3], fillMode: 'reflect', interpolation: 'bilinear' } as const; // prettier-ignore

  it('keeps a picture that is not moved, to the bit, whatever is beside it', () => {
    const x = tensor([1, Infinity, 3, 4, NaN, 6], [1, 2, 3, 1]);
    expectClose(resampleAffine(x, identity), x, { relative: 0 });
  });

  it('mixes the four pixels around each place, inside a picture as at its border', () => {
    const [height, width] = [3, 4];
    const x = fill([1, height, width, 1], (i) => (i * i + 3) / 8, 'float64');
    const number = fc.integer({ min: -128, max: 128 }).map((n) => n / 64);
    const maps = fc.tuple(number, number, number, number, number, number);
    fc.assert(
      fc.property(maps, fc.constantFrom(...fillModes), (map: AffineMap, fillMode) => {
        const pixel = (row: number, column: number): number => {
          const i = foldIndex(row, height, fillMode);
          const j = foldIndex(column, width, fillMode);
          return i < 0 || j < 0 ? 0 : x.data[i * width + j]!;
        };
        const between = (low: number, high: number, part: number): number =>
          low + part * (high - low);
        const [a, b, c, d, e, f] = map;
        const expected = fill(
          [1, 2, 3, 1],
          (at) => {
            const [i, j] = [Math.floor(at / 3), at % 3];
            const [row, column] = [a * i + b * j + c, d * i + e * j + f];
            const [top, left] = [Math.floor(row), Math.floor(column)];
            const along = (line: number): number =>
              between(pixel(line, left), pixel(line, left + 1), column - left);
            return between(along(top), along(top + 1), row - top);
          },
          'float64',
        );
        const options = { maps: [map], size: [2, 3], fillMode, interpolation: 'bilinear' } as const;
        expectClose(resampleAffine(x, options), expected, { relative: 1e-12 });
      }),
    );
  });

  it('refuses another number of pictures, and maps of no numbers', () => {
    expect(() =>
      resampleAffine(
        fill([2, 2, 3, 1], () => 0),
        identity,
      ),
    )
      .to.throw(ShapeError)
      .with.property(
        'message',
        'resampleAffine: expected x [1, height, width, channels], a picture for each map; ' +
          'received [2, 2, 3, 1].',
      );
    expect(() => resampleAffine(small, { ...identity, maps: [[1, 0, NaN, 0, 1, 0]] }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'resampleAffine: expected maps of finite numbers; received others.',
      );
    const wrong = { ...identity, inputShape: [1, 2, 3, 1] };
    expect(() =>
      resampleAffineInputGradient(
        fill([1, 3, 2, 1], () => 0),
        wrong,
      ),
    ).to.throw(
      'resampleAffineInputGradient: expected dy [1, 2, 3, 1], the shape of what was resampled; ' +
        'received [1, 3, 2, 1].',
    );
  });
});

describe('foldIndex', () => {
  it('continues a row a b c d in four ways', () => {
    const row = (mode: Parameters<typeof foldIndex>[2]): string =>
      Array.from({ length: 14 }, (_, i) => 'abcd'[foldIndex(i - 5, 4, mode)] ?? '-').join('');
    expect(row('reflect')).to.equal('ddcbaabcddcbaa');
    expect(row('wrap')).to.equal('dabcdabcdabcda');
    expect(row('nearest')).to.equal('aaaaaabcdddddd');
    expect(row('constant')).to.equal('-----abcd-----');
  });
});
