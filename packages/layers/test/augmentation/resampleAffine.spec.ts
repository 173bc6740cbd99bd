import { checkOperation } from '@gradus/autodiff/testing';
import { fill, OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { foldIndex } from '../../src/augmentation/fillMode';
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
