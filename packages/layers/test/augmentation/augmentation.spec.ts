import { fill, OptionError, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  randomBrightness,
  randomContrast,
  randomCrop,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, scope, weightless } from '../applied';

const training = true;
const rowsOf = (x: Tensor, n = 0): number[][] =>
  Array.from({ length: x.shape[1]! }, (_, i) =>
    Array.from({ length: x.shape[2]! }, (_, j) => +x.at(n, i, j, 0).toFixed(5) + 0),
  );
/** One picture of 2x3 pixels. */
const small = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
const changed = (layer: Layer, x = small): number[][] => rowsOf(applied(layer, x, { training }));

describe('Each augmentation', () => {
  const wide = { valueRange: [-99, 99] } as const;
  const layers: readonly Layer[] = [
    randomFlip(),
    randomRotation({ factor: 0.3 }),
    randomRotation({ factor: [0.1, 0.2], fillMode: 'constant', fillValue: 0.5, seed: 3 }),
    randomTranslation({ heightFactor: 0.4, widthFactor: [0, 1], fillMode: 'wrap' }),
    randomTranslation({ heightFactor: 0.4, widthFactor: 0.2, interpolation: 'nearest' }),
    randomZoom({ heightFactor: 0.4, fillMode: 'nearest' }),
    randomZoom({ heightFactor: 0.4, widthFactor: [-0.5, 1] }),
    randomContrast({ factor: 0.5, ...wide }),
    randomBrightness({ factor: 0.01, ...wide }),
  ];
  for (const layer of layers) {
    it(`keeps the contract of layers: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      checkLayer(layer, { ...weightless, input: [3, 4, 1], outputShape: (input) => input });
    });

    it(`changes nothing outside training: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      expect(applied(layer, small)).to.equal(small);
    });

    it(`draws for each picture by itself: ${layer.kind} ${JSON.stringify(layer.config)}`, () => {
      const alike = fill([12, 4, 5, 1], (i) => (i % 20) ** 2 % 17);
      const y = applied(layer, alike, { training });
      const pictures = Array.from({ length: 12 }, (_, n) => JSON.stringify(rowsOf(y, n)));
      expect(new Set(pictures).size).to.be.at.least(2);
      const again = applied(layer, alike, { training, seed: 1 });
      const isOwn = 'seed' in layer.config;
      const isSame = JSON.stringify(again.toArray()) === JSON.stringify(y.toArray());
      expect(isSame).to.equal(isOwn);
    });

    it(`refuses samples that are no pictures: ${layer.kind}`, () => {
      expect(() => layer.build([2, 3], scope()))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${layer.kind}: expected samples [height, width, channels]; received [2, 3]. ` +
            'Grey images have one channel: [2, 3, 1].',
        );
    });

    it(`takes batches without samples: ${layer.kind}`, () => {
      const none = fill([0, 2, 3, 1], () => 0);
      expect(applied(layer, none, { training }).shape).to.deep.equal([0, 2, 3, 1]);
    });
  }
});

describe('randomFlip', () => {
  const flips = {
    '[[1,2,3],[4,5,6]]': 'none',
    '[[3,2,1],[6,5,4]]': 'horizontal',
    '[[4,5,6],[1,2,3]]': 'vertical',
    '[[6,5,4],[3,2,1]]': 'both',
  } as const;
  const seen = (mode?: 'horizontal' | 'vertical' | 'horizontal_and_vertical') => {
    const many = fill([64, 2, 3, 1], (i) => 1 + (i % 6));
    const y = applied(randomFlip(mode === undefined ? {} : { mode }), many, { training });
    const counts = { none: 0, horizontal: 0, vertical: 0, both: 0 };
    for (let n = 0; n < 64; n++)
      counts[flips[JSON.stringify(rowsOf(y, n)) as keyof typeof flips]]++;
    return counts;
  };

  it('swaps left and right, top and bottom, or both, in half of the pictures each', () => {
    const horizontal = seen('horizontal');
    expect(horizontal.none + horizontal.horizontal).to.equal(64);
    expect(horizontal.none).to.be.within(20, 44);
    const vertical = seen('vertical');
    expect(vertical.none + vertical.vertical).to.equal(64);
    expect(vertical.none).to.be.within(20, 44);
    for (const count of Object.values(seen())) expect(count).to.be.within(6, 26);
    expect(seen()).to.deep.equal(seen('horizontal_and_vertical'));
  });
});

describe('randomRotation', () => {
  it('turns counterclockwise by a part of a full turn', () => {
    const square = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(changed(randomRotation({ factor: [0.25, 0.25] }), square)).to.deep.equal([
      [2, 4],
      [1, 3],
    ]);
    expect(changed(randomRotation({ factor: [0.5, 0.5] }))).to.deep.equal([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    expect(changed(randomRotation({ factor: 0 }))).to.deep.equal(rowsOf(small));
  });

  it('fills what comes from outside', () => {
    const row = tensor([1, 2, 3], [1, 1, 3, 1]);
    const turned = (options: object) =>
      changed(randomRotation({ factor: [0.25, 0.25], ...options }), row);
    // Of the row, upright now, only its centre remains.
    expect(turned({ fillMode: 'constant' })).to.deep.equal([[0, 2, 0]]);
    expect(turned({ fillMode: 'constant', fillValue: 7 })).to.deep.equal([[7, 2, 7]]);
    expect(turned({ fillMode: 'nearest' })).to.deep.equal([[2, 2, 2]]);
  });
});

describe('randomTranslation', () => {
  const moved = (heightFactor: number, widthFactor: number, options: object = {}) =>
    changed(
      randomTranslation({
        heightFactor: [heightFactor, heightFactor],
        widthFactor: [widthFactor, widthFactor],
        ...options,
      }),
    );

  it('moves down and to the right by parts of height and width, mirrored at the border', () => {
    expect(moved(0.5, 0)).to.deep.equal([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(moved(0, 2 / 3)).to.deep.equal([
      [2, 1, 1],
      [5, 4, 4],
    ]);
    expect(moved(0, -1 / 3, { fillMode: 'wrap' })).to.deep.equal([
      [2, 3, 1],
      [5, 6, 4],
    ]);
  });

  it('mixes neighbours, or takes the nearest', () => {
    expect(moved(0, 1 / 6, { fillMode: 'constant' })).to.deep.equal([
      [0.5, 1.5, 2.5],
      [2, 4.5, 5.5],
    ]);
    expect(moved(0, 0.4 / 3, { interpolation: 'nearest' })).to.deep.equal(rowsOf(small));
    expect(moved(0, -0.6 / 3, { interpolation: 'nearest' })).to.deep.equal([
      [2, 3, 3],
      [5, 6, 6],
    ]);
  });
});

describe('randomZoom', () => {
  const row = tensor([1, 2, 3, 4, 5], [1, 1, 5, 1]);
  it('zooms out above 0 and in below, about the centre', () => {
    const zoomed = (factor: number, options: object = {}) =>
      changed(randomZoom({ heightFactor: [factor, factor], ...options }), row);
    expect(zoomed(1, { fillMode: 'constant' })).to.deep.equal([[0, 1, 3, 5, 0]]);
    expect(zoomed(-0.5)).to.deep.equal([[2, 2.5, 3, 3.5, 4]]);
    expect(zoomed(-0.5, { widthFactor: [0, 0] })).to.deep.equal(rowsOf(row));
  });
});

describe('randomCrop', () => {
  it('keeps the contract of layers', () => {
    checkLayer(randomCrop({ height: 2, width: 3 }), {
      ...weightless,
      input: [4, 4, 2],
      outputShape: ([, , c]) => [2, 3, c!],
    });
  });

  const x = fill([200, 3, 4, 1], (i) => i % 12);

  it('cuts out any part in training, each as often', () => {
    const y = applied(randomCrop({ height: 2, width: 2 }), x, { training });
    const counts = new Map<number, number>();
    for (let n = 0; n < 200; n++) {
      const corner = y.at(n, 0, 0, 0);
      expect(rowsOf(y, n)).to.deep.equal([
        [corner, corner + 1],
        [corner + 4, corner + 5],
      ]);
      counts.set(corner, (counts.get(corner) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).to.deep.equal([0, 1, 2, 4, 5, 6]);
    for (const count of counts.values()) expect(count).to.be.within(15, 55);
  });

  it('cuts out the middle otherwise', () => {
    expect(rowsOf(applied(randomCrop({ height: 1, width: 2 }), x))).to.deep.equal([[5, 6]]);
    expect(rowsOf(applied(randomCrop({ height: 2, width: 3 }), x))).to.deep.equal([
      [0, 1, 2],
      [4, 5, 6],
    ]);
  });

  it('refuses pictures that are smaller', () => {
    expect(() => randomCrop({ height: 3, width: 2 }).outputShape([2, 5, 1]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'randomCrop: expected images of at least 3x2 pixels; received [2, 5, 1].',
      );
  });
});

describe('The augmentations', () => {
  const wrong: readonly (readonly [make: () => unknown, message: string])[] = [
    [
      () => randomFlip({ mode: 'diagonal' as 'vertical' }),
      "randomFlip: expected mode to be one of horizontal, vertical, horizontal_and_vertical; received 'diagonal'.",
    ],
    [
      () => randomRotation({ factor: -0.2 }),
      'randomRotation: expected factor to be v, for -v to v, or [lowest, highest]; received -0.2.',
    ],
    [
      () => randomRotation({ factor: [0.2, 0.1] }),
      'randomRotation: expected factor to be v, for -v to v, or [lowest, highest]; received [0.2, 0.1].',
    ],
    [
      () => randomRotation({ factor: 0.1, fillMode: 'mirror' as 'wrap' }),
      "randomRotation: expected fillMode to be one of reflect, wrap, nearest, constant; received 'mirror'.",
    ],
    [
      () => randomRotation({ factor: 0.1, interpolation: 'cubic' as 'nearest' }),
      "randomRotation: expected interpolation to be one of bilinear, nearest; received 'cubic'.",
    ],
    [
      () => randomTranslation({ heightFactor: 0, widthFactor: 1.5 }),
      'randomTranslation: expected widthFactor to be v, for -v to v, or [lowest, highest], ' +
        'from -1 to 1; received 1.5.',
    ],
    [
      () => randomZoom({ heightFactor: 1 }),
      'randomZoom: expected heightFactor to be v, for -v to v, or [lowest, highest], above -1; received 1.',
    ],
    [
      () => randomCrop({ height: 0, width: 1 }),
      'randomCrop: expected height to be a whole number of at least 1; received 0.',
    ],
    [
      () => randomContrast({ factor: 1.5 }),
      'randomContrast: expected factor to be v or [lower, upper], numbers of at least 0, ' +
        'lower at most 1; received 1.5.',
    ],
    [
      () => randomBrightness({ factor: 2 }),
      'randomBrightness: expected factor to be v, for -v to v, or [lowest, highest], ' +
        'from -1 to 1; received 2.',
    ],
    [
      () => randomBrightness({ factor: 0.1, valueRange: [1, 0] }),
      'randomBrightness: expected valueRange to be [lowest, highest]; received [1, 0].',
    ],
    [
      () => randomFlip({ seed: NaN }),
      'randomFlip: expected seed to be a whole number; received NaN.',
    ],
  ];
  for (const [make, message] of wrong) {
    it(`refuse: ${message}`, () => {
      expect(make).to.throw(OptionError).with.property('message', message);
    });
  }
});
