import { fill, OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { permute, rescaling, reshape, type Layer } from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, given, weightless } from '../applied';

const x = fill([2, 2, 3], (i) => i);

describe('reshape', () => {
  it('keeps the contract of layers', () => {
    checkLayer(reshape({ targetShape: [3, -1] }), {
      ...weightless,
      input: [2, 6],
      outputShape: () => [3, 4],
    });
  });

  it('keeps the numbers of each sample in order', () => {
    expect(applied(reshape({ targetShape: [3, 2] }), x).toArray()).to.deep.equal([
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
      [
        [6, 7],
        [8, 9],
        [10, 11],
      ],
    ]);
    expect(applied(reshape({ targetShape: [] }), tensor([1, 2], [2, 1])).shape).to.deep.equal([2]);
  });

  it('refuses shapes of another size, and what is no shape', () => {
    expect(() => reshape({ targetShape: [4, 2] }).outputShape([2, 3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'reshape: expected a shape of 6 elements, as x [2, 3] has; received [4, 2]. [4, 2] has 8.',
      );
    for (const [shape, text] of [
      [[1.5], '[1.5]'],
      [[-2], '[-2]'],
      ['flat', "'flat'"],
      [undefined, 'undefined'],
    ] as const) {
      expect(() => reshape({ targetShape: given<number[]>(shape) }))
        .to.throw(OptionError)
        .with.property(
          'message',
          `reshape: expected targetShape to be a list of whole numbers of at least -1; received ${text}.`,
        );
    }
  });

  it('does not change with its options afterwards', () => {
    const targetShape = [6];
    const layer = reshape({ targetShape });
    targetShape[0] = 7;
    expect(layer.outputShape([2, 3])).to.deep.equal([6]);
    expect(layer.config).to.deep.equal({ targetShape: [6] });
  });
});

describe('permute', () => {
  it('keeps the contract of layers', () => {
    checkLayer(permute({ dims: [2, 3, 1] }), {
      ...weightless,
      input: [2, 3, 4],
      outputShape: ([a, b, c]) => [b!, c!, a!],
    });
  });

  it('counts axes from 1, as the batch is 0', () => {
    const { shape } = applied(
      permute({ dims: [3, 1, 2] }),
      fill([5, 2, 3, 4], (i) => i),
    );
    expect(shape).to.deep.equal([5, 4, 2, 3]);
    expect(applied(permute({ dims: [2, 1] }), x).toArray()).to.deep.equal([
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
      [
        [6, 9],
        [7, 10],
        [8, 11],
      ],
    ]);
  });

  it('refuses what is no order of the axes of a sample', () => {
    for (const [dims, text] of [
      [[0, 1], '[0, 1]'],
      [[1, 1], '[1, 1]'],
      [[1, 3], '[1, 3]'],
      [2, '2'],
    ] as const) {
      expect(() => permute({ dims: given<number[]>(dims) }))
        .to.throw(OptionError)
        .with.property(
          'message',
          `permute: expected dims to be the numbers from 1 on, in any order; received ${text}.`,
        );
    }
    expect(() => permute({ dims: [2, 1] }).outputShape([1, 2, 3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'permute: expected samples of 2 axes, as dims [2, 1]; received [1, 2, 3].',
      );
  });
});

describe('rescaling', () => {
  it('keeps the contract of layers', () => {
    const shape = {
      ...weightless,
      input: [2, 3],
      outputShape: (input: readonly number[]) => input,
    };
    checkLayer(rescaling({ scale: 0.5, offset: -1 }), shape);
    checkLayer(rescaling({ scale: [1, 2, 3], offset: [4, 5, 6] }), shape);
  });

  it('multiplies and adds, also channel by channel, and takes whole numbers', () => {
    const pixels = tensor(Uint8Array.of(0, 51, 255), [1, 3]);
    const of = (layer: Layer) => [...applied(layer, pixels).toTypedArray()];
    expect(of(rescaling({ scale: 1 / 127.5, offset: -1 })).map((v) => v.toFixed(3))).to.deep.equal([
      '-1.000',
      '-0.600',
      '1.000',
    ]);
    expect(of(rescaling({ scale: [1, 2, 3], offset: [1, 0, -765] }))).to.deep.equal([1, 102, 0]);
  });

  it('refuses what are no numbers, or not one for each channel', () => {
    const wrong: readonly (readonly [Layer | (() => Layer), string])[] = [
      [
        () => rescaling({ scale: NaN }),
        'scale to be a finite number, or a list of them; received NaN.',
      ],
      [
        () => rescaling({ scale: 1, offset: [] }),
        'offset to be a finite number, or a list of them; received [].',
      ],
    ];
    for (const [make, message] of wrong) {
      expect(make).to.throw(OptionError).with.property('message', `rescaling: expected ${message}`);
    }
    expect(() => rescaling({ scale: 1, offset: [1, 2] }).outputShape([4, 3]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'rescaling: expected samples [..., 2], as offset has 2 numbers; received [4, 3].',
      );
  });
});
