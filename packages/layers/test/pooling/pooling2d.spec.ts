import { OptionError, Random, ShapeError, tensor, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import {
  averagePooling2d,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
  rootScope,
  sequence,
  type Layer,
  type Pooling2dConfig,
} from '../../src/index';
import { checkLayer } from '../../testing';

const none = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };
const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });

/** Two images of 2 x 3 pixels and one channel. */
const x = tensor([1, 5, 2, 4, 3, 0, -1, -5, -2, -4, -3, -6], [2, 2, 3, 1]);
const apply = (layer: Layer): unknown =>
  layer.build(x.shape.slice(1), scope())(x, context).toArray();

interface Example {
  readonly title: string;
  readonly config: Pooling2dConfig;
  readonly output: readonly [number, number];
}
// An input of 5 x 6 pixels and 2 channels.
const examples: readonly Example[] = [
  { title: 'the defaults of Keras: 2x2, side by side, valid', config: {}, output: [2, 3] },
  {
    title: 'oblong overlapping windows, and padding',
    config: { poolSize: [3, 2], strides: [1, 2], padding: 'same' },
    output: [5, 3],
  },
  { title: 'strides equal to an oblong pool', config: { poolSize: [1, 3] }, output: [5, 2] },
  {
    title: 'padding on one side only',
    config: {
      poolSize: 3,
      strides: 2,
      padding: [
        [2, 0],
        [0, 1],
      ],
    },
    output: [3, 3],
  },
];

for (const layer of [maxPooling2d, averagePooling2d]) {
  describe(layer.name, () => {
    for (const { title, config, output } of examples) {
      it(`keeps the contract of layers with ${title}`, () => {
        checkLayer(layer(config), {
          ...none,
          input: [5, 6, 2],
          outputShape: ([, , channels]) => [...output, channels!],
        });
      });
    }

    it('is named by its kind, and does not change with its options afterwards', () => {
      const config = { poolSize: 1 };
      const made = layer(config);
      config.poolSize = 2;
      expect(made.kind).to.equal(layer.name);
      expect(made.config).to.deep.equal({ poolSize: 1 });
      expect(made.outputShape([2, 3, 1])).to.deep.equal([2, 3, 1]);
      expect(layer({ name: 'pool' }).name).to.equal('pool');
    });
  });
}

for (const layer of [globalMaxPooling2d, globalAveragePooling2d]) {
  describe(layer.name, () => {
    it('keeps the contract of layers', () => {
      const input = [3, 4, 2];
      checkLayer(layer(), { ...none, input, outputShape: ([, , c]) => [c!] });
      checkLayer(layer({ keepDims: true }), {
        ...none,
        input,
        outputShape: ([, , c]) => [1, 1, c!],
      });
    });

    it('is named by its kind', () => {
      expect([layer().kind, layer({ name: 'all' }).name]).to.deep.equal([layer.name, 'all']);
    });

    it('refuses images without pixels', () => {
      expect(() => layer().build([3, 0, 2], scope()))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${layer.name}: expected images of at least 1x1 pixels; received [3, 0, 2].`,
        );
    });
  });
}

describe('The pooling layers', () => {
  it('compute the largest numbers and the means', () => {
    expect(apply(maxPooling2d({ poolSize: [2, 3] }))).to.deep.equal([[[[5]]], [[[-1]]]]);
    expect(apply(averagePooling2d({ poolSize: [2, 3] }))).to.deep.equal([[[[2.5]]], [[[-3.5]]]]);
    expect(apply(maxPooling2d())).to.deep.equal([[[[5]]], [[[-1]]]]);
    expect(apply(averagePooling2d())).to.deep.equal([[[[3.25]]], [[[-3.25]]]]);
    expect(apply(globalMaxPooling2d())).to.deep.equal([[5], [-1]]);
    expect(apply(globalAveragePooling2d())).to.deep.equal([[2.5], [-3.5]]);
  });

  const wrong: readonly [string, Layer, Shape, typeof ShapeError, string][] = [
    [
      'a batch in place of a sample',
      maxPooling2d(),
      [8, 28, 28, 1],
      ShapeError,
      'maxPooling2d: expected samples [height, width, channels]; received [8, 28, 28, 1]. ' +
        'A sample has 3 axes, not 4; the batch is not counted.',
    ],
    [
      'samples without channels',
      globalAveragePooling2d(),
      [28, 28],
      ShapeError,
      'globalAveragePooling2d: expected samples [height, width, channels]; received [28, 28]. ' +
        'Grey images have one channel: [28, 28, 1].',
    ],
    [
      'a pool larger than the image',
      averagePooling2d({ poolSize: 3 }),
      [2, 5, 1],
      ShapeError,
      'averagePool2d: expected a padded image of at least 3x3 pixels; received 2x5, ' +
        "from x [1, 2, 5, 1]. The pool is 3x3. Use padding 'same', or a larger image.",
    ],
  ];
  for (const [what, layer, input, error, message] of wrong) {
    it(`refuse ${what}, with the layer's path when built`, () => {
      expect(() => layer.outputShape(input))
        .to.throw(error)
        .with.property('message', message);
      expect(() => sequence([layer]).build(input, scope())).to.throw(
        `model/0_${layer.kind}: ${message}`,
      );
    });
  }
});

describe('A pooling layer', () => {
  it('refuses pools and strides of no pixels', () => {
    expect(() => maxPooling2d({ poolSize: [2, 0] }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'maxPooling2d: expected poolSize to be a whole number of at least 1, or a list of 2; ' +
          'received [2, 0].',
      );
    expect(() => averagePooling2d({ strides: 0 })).to.throw(
      'averagePooling2d: expected strides to be a whole number of at least 1; received 0.',
    );
  });
});

describe('flatten', () => {
  it('keeps the contract of layers, for samples of any shape', () => {
    for (const input of [[2, 3, 2], [4], []]) {
      const size = input.reduce((product, n) => product * n, 1);
      checkLayer(flatten(), { ...none, input, outputShape: () => [size] });
    }
  });

  it('puts the numbers of a sample in a row, pixel by pixel', () => {
    expect(apply(flatten())).to.deep.equal([
      [1, 5, 2, 4, 3, 0],
      [-1, -5, -2, -4, -3, -6],
    ]);
  });

  it('takes batches without samples', () => {
    const call = flatten({ name: 'row' }).build([2, 3], scope());
    expect(call(tensor(new Float32Array(0), [0, 2, 3]), context).shape).to.deep.equal([0, 6]);
  });
});
