import { fill, OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  cropping2d,
  upSampling2d,
  zeroPadding2d,
  type Borders2d,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, given, weightless } from '../applied';

const forms: readonly (readonly [Borders2d, [number, number, number, number]])[] = [
  [2, [2, 2, 2, 2]],
  [
    [1, 2],
    [1, 1, 2, 2],
  ],
  [
    [
      [1, 0],
      [2, 3],
    ],
    [1, 0, 2, 3],
  ],
];

describe('zeroPadding2d and cropping2d', () => {
  for (const [form, [top, bottom, left, right]] of forms) {
    it(`keep the contract of layers, with borders ${JSON.stringify(form)}`, () => {
      checkLayer(zeroPadding2d({ padding: form }), {
        ...weightless,
        input: [2, 3, 1],
        outputShape: ([h, w, c]) => [top + h! + bottom, left + w! + right, c!],
      });
      checkLayer(cropping2d({ cropping: form }), {
        ...weightless,
        input: [5, 7, 2],
        outputShape: ([h, w, c]) => [h! - top - bottom, w! - left - right, c!],
      });
    });

    it(`undo each other, with borders ${JSON.stringify(form)}`, () => {
      const x = fill([2, 2, 3, 2], (i) => i + 1);
      const padded = applied(zeroPadding2d({ padding: form }), x);
      expect(padded.at(0, top, left, 0)).to.equal(1);
      expect(applied(cropping2d({ cropping: form }), padded).toArray()).to.deep.equal(x.toArray());
      const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
      expect(sum(padded.toTypedArray())).to.equal(sum(x.toTypedArray()));
    });
  }

  it('have the defaults of Keras: a border of 1, and nothing cut off', () => {
    expect(zeroPadding2d().outputShape([2, 3, 1])).to.deep.equal([4, 5, 1]);
    expect(cropping2d().outputShape([2, 3, 1])).to.deep.equal([2, 3, 1]);
  });

  it('refuse borders of another form, and to cut everything off', () => {
    for (const [borders, text] of [
      [-1, '-1'],
      [[1], '[1]'],
      [[1, [1, 2]], '[1, [1, 2]]'],
      [[[1, 2], [3]], '[[1, 2], [3]]'],
      [null, 'null'],
      ['same', "'same'"],
    ] as const) {
      const padding = given<Borders2d>(borders);
      const form =
        'to be n, [vertical, horizontal] or [[top, bottom], [left, right]], ' +
        `whole numbers of at least 0; received ${text}.`;
      expect(() => zeroPadding2d({ padding }))
        .to.throw(OptionError)
        .with.property('message', `zeroPadding2d: expected padding ${form}`);
      expect(() => cropping2d({ cropping: padding }))
        .to.throw(OptionError)
        .with.property('message', `cropping2d: expected cropping ${form}`);
    }
    expect(() => cropping2d({ cropping: [1, 2] }).outputShape([3, 4, 1]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'cropping2d: expected images of at least 3x5 pixels; received [3, 4, 1]. ' +
          '2 rows and 4 columns are cut off.',
      );
  });
});

describe('upSampling2d', () => {
  const row = tensor([1, 3], [1, 1, 2, 1]);
  const of = (layer: Layer) => [...applied(layer, row).toTypedArray()];

  it('keeps the contract of layers', () => {
    checkLayer(upSampling2d(), {
      ...weightless,
      input: [2, 1, 2],
      outputShape: ([h, w, c]) => [2 * h!, 2 * w!, c!],
    });
    checkLayer(upSampling2d({ size: [1, 3], interpolation: 'bilinear' }), {
      ...weightless,
      input: [2, 3, 1],
      outputShape: ([h, w, c]) => [h!, 3 * w!, c!],
    });
  });

  it('repeats pixels, or takes means of neighbours between them', () => {
    expect(of(upSampling2d())).to.deep.equal([1, 1, 3, 3, 1, 1, 3, 3]);
    expect(of(upSampling2d({ size: [1, 2] }))).to.deep.equal([1, 1, 3, 3]);
    // The centres of the new pixels lie a quarter of an old one from those of the old ones.
    const linear = upSampling2d({ size: [1, 2], interpolation: 'bilinear' });
    expect(of(linear)).to.deep.equal([1, 1.5, 2.5, 3]);
  });

  it('refuses what is no size, no interpolation and no image', () => {
    expect(() => upSampling2d({ size: 0.5 })).to.throw(
      'upSampling2d: expected size to be a whole number of at least 1; received 0.5.',
    );
    expect(() => upSampling2d({ interpolation: 'cubic' as 'nearest' }))
      .to.throw(OptionError)
      .with.property(
        'message',
        "upSampling2d: expected interpolation to be one of nearest, bilinear; received 'cubic'.",
      );
    expect(() => upSampling2d().outputShape([0, 2, 1])).to.throw(
      'upSampling2d: expected images of at least 1x1 pixels; received [0, 2, 1].',
    );
  });
});
