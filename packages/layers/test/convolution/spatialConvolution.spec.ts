import { fill, OptionError, ShapeError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  conv1d,
  conv2dTranspose,
  conv3d,
  depthwiseConv2d,
  separableConv2d,
  type Layer,
} from '../../src/index';
import { checkLayer } from '../../testing';
import { applied, scope } from '../applied';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** A layer, a sample, what it becomes, its weights, and its products for one sample, worked by hand. */
interface Example {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly multiplyAdds: number;
}

const examples: readonly Example[] = [
  {
    layer: conv1d({ filters: 2, kernelSize: 3 }),
    input: [5, 2],
    output: [3, 2],
    weights: { kernel: [3, 2, 2], bias: [2] },
    multiplyAdds: 3 * 3 * 2 * 2,
  },
  {
    layer: conv1d({
      filters: 1,
      kernelSize: 2,
      padding: 'causal',
      dilationRate: 2,
      useBias: false,
    }),
    input: [4, 1],
    output: [4, 1],
    weights: { kernel: [2, 1, 1] },
    multiplyAdds: 4 * 2,
  },
  {
    layer: conv1d({ filters: 4, kernelSize: 2, strides: 2, groups: 2, activation: 'relu' }),
    input: [4, 2],
    output: [2, 4],
    weights: { kernel: [2, 1, 4], bias: [4] },
    multiplyAdds: 2 * 2 * 4,
  },
  {
    layer: conv3d({ filters: 2, kernelSize: [2, 1, 2], activation: 'tanh' }),
    input: [2, 2, 2, 1],
    output: [1, 2, 1, 2],
    weights: { kernel: [2, 1, 2, 1, 2], bias: [2] },
    multiplyAdds: 2 * 4 * 2,
  },
  {
    layer: conv3d({ filters: 1, kernelSize: 2, strides: [1, 2, 2], padding: 'same' }),
    input: [2, 2, 3, 1],
    output: [2, 1, 2, 1],
    weights: { kernel: [2, 2, 2, 1, 1], bias: [1] },
    multiplyAdds: 4 * 8,
  },
  {
    layer: conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
    input: [2, 1, 1],
    output: [4, 2, 2],
    weights: { kernel: [3, 3, 2, 1], bias: [2] },
    multiplyAdds: 2 * 9 * 2,
  },
  {
    layer: conv2dTranspose({
      filters: 1,
      kernelSize: [2, 1],
      strides: [2, 3],
      outputPadding: [1, 0],
      useBias: false,
      activation: 'relu',
    }),
    input: [2, 2, 2],
    output: [5, 4, 1],
    weights: { kernel: [2, 1, 1, 2] },
    multiplyAdds: 4 * 2 * 2,
  },
  {
    layer: depthwiseConv2d({ kernelSize: [2, 3], depthMultiplier: 2 }),
    input: [3, 4, 2],
    output: [2, 2, 4],
    weights: { kernel: [2, 3, 2, 2], bias: [4] },
    multiplyAdds: 4 * 6 * 4,
  },
  {
    layer: depthwiseConv2d({ kernelSize: 2, strides: 2, padding: 'same', useBias: false }),
    input: [3, 2, 2],
    output: [2, 1, 2],
    weights: { kernel: [2, 2, 2, 1] },
    multiplyAdds: 2 * 4 * 2,
  },
  {
    layer: separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2, activation: 'tanh' }),
    input: [3, 2, 2],
    output: [2, 1, 3],
    weights: { depthwiseKernel: [2, 2, 2, 2], pointwiseKernel: [1, 1, 4, 3], bias: [3] },
    multiplyAdds: 2 * (4 * 4 + 4 * 3),
  },
];

for (const { layer, input, output, weights, multiplyAdds } of examples) {
  describe(`${layer.kind} ${JSON.stringify(layer.config)}`, () => {
    it('keeps the contract of layers', () => {
      const trainable = Object.values(weights).reduce((sum, shape) => sum + sizeOf(shape), 0);
      checkLayer(layer, {
        input,
        outputShape: () => output,
        weights,
        parameters: { trainable, nonTrainable: 0 },
      });
    });

    it('says how many products it takes', () => {
      expect(layer.multiplyAdds!(input)).to.equal(multiplyAdds);
    });
  });
}

describe('The convolution layers', () => {
  const ramp = tensor([1, 2, 4, 8], [1, 4, 1]);

  it('look along sequences, at nothing later if they are causal', () => {
    const weights = [tensor([1, 10], [2, 1, 1])];
    const of = (layer: Layer) => [...applied(layer, ramp, { weights }).toTypedArray()];
    expect(of(conv1d({ filters: 1, kernelSize: 2 }))).to.deep.equal([21, 42, 84]);
    const causal = { filters: 1, kernelSize: 2, padding: 'causal' } as const;
    expect(of(conv1d(causal))).to.deep.equal([10, 21, 42, 84]);
    expect(of(conv1d({ ...causal, dilationRate: 2 }))).to.deep.equal([10, 20, 41, 82]);
  });

  it('add the bias and then activate', () => {
    const weights = [tensor([1, 10], [2, 1, 1]), tensor([-42])];
    const layer = conv1d({ filters: 1, kernelSize: 2, activation: 'relu' });
    expect([...applied(layer, ramp, { weights }).toTypedArray()]).to.deep.equal([0, 0, 42]);
  });

  it('enlarge images, each pixel as large as the kernel', () => {
    const layer = conv2dTranspose({ filters: 1, kernelSize: [1, 3], strides: [1, 2] });
    const weights = [tensor([1, 10, 100], [1, 3, 1, 1]), tensor([0.5])];
    const y = applied(layer, tensor([1, 2], [1, 1, 2, 1]), { weights });
    // 1, 10, 100 and, two further, 2, 20, 200.
    expect([...y.toTypedArray()]).to.deep.equal([1.5, 10.5, 102.5, 20.5, 200.5]);
  });

  it('filter channels by themselves: channel c gives c * depthMultiplier + m', () => {
    const layer = depthwiseConv2d({ kernelSize: 1, depthMultiplier: 2, activation: 'relu' });
    const weights = [tensor([1, 2, 3, -4], [1, 1, 2, 2]), tensor([0, 0, 1, 1])];
    const y = applied(layer, tensor([5, 7], [1, 1, 1, 2]), { weights });
    expect([...y.toTypedArray()]).to.deep.equal([5, 10, 22, 0]);
  });

  it('mix filtered channels, pixel by pixel', () => {
    const layer = separableConv2d({ filters: 1, kernelSize: 1 });
    const weights = [tensor([2, 3], [1, 1, 2, 1]), tensor([1, 100], [1, 1, 2, 1]), tensor([7])];
    const y = applied(layer, tensor([5, 1], [1, 1, 1, 2]), { weights });
    expect(y.item()).to.equal(10 + 300 + 7);
  });

  it('say what one place of the result sees', () => {
    expect(conv1d({ filters: 1, kernelSize: 3, dilationRate: 2, strides: 4 }).window).to.deep.equal(
      {
        size: [5],
        strides: [4],
      },
    );
    expect(conv3d({ filters: 1, kernelSize: [1, 2, 3] }).window).to.deep.equal({
      size: [1, 2, 3],
      strides: [1, 1, 1],
    });
    expect(depthwiseConv2d({ kernelSize: 3, dilationRate: [1, 2] }).window).to.deep.equal({
      size: [3, 5],
      strides: [1, 1],
    });
  });

  it('keep the options of initializers, regularizers and constraints for their weights', () => {
    const built = scope();
    const layer = separableConv2d({
      filters: 2,
      kernelSize: 1,
      depthwiseInitializer: 'ones',
      pointwiseInitializer: 'ones',
      biasInitializer: 'ones',
      depthwiseRegularizer: 'l2',
      trainable: false,
    });
    layer.build([1, 1, 2], built);
    expect(built.variables.map(({ trainable }) => trainable)).to.deep.equal([false, false, false]);
    expect(built.variables.every(({ value }) => value.toTypedArray().every((v) => v === 1))).to.be
      .true;
  });

  const wrong: readonly (readonly [
    make: () => unknown,
    error: typeof OptionError | typeof ShapeError,
    message: string,
  ])[] = [
    [
      () => conv1d({ filters: 0, kernelSize: 2 }),
      OptionError,
      'conv1d: expected filters to be a whole number of at least 1; received 0.',
    ],
    [
      () => conv3d({ filters: 1, kernelSize: [1, 2] }),
      OptionError,
      'conv3d: expected kernelSize to be a whole number of at least 1, or a list of 3; received [1, 2].',
    ],
    [
      () => conv1d({ filters: 3, kernelSize: 1, groups: 2 }),
      OptionError,
      'conv1d: expected filters to be divisible by 2 groups; received 3.',
    ],
    [
      () => conv1d({ filters: 2, kernelSize: 1, groups: 2 }).outputShape([4, 3]),
      ShapeError,
      'conv1d: expected at least one channel, and as many as 2 groups can share; received [4, 3].',
    ],
    [
      () => conv1d({ filters: 1, kernelSize: 1 }).outputShape([4]),
      ShapeError,
      'conv1d: expected samples [length, channels]; received [4]. ' +
        'The last axis is that of the channels: [4, 1].',
    ],
    [
      () => conv3d({ filters: 1, kernelSize: 1 }).outputShape([8, 2, 2, 2, 1]),
      ShapeError,
      'conv3d: expected samples [depth, height, width, channels]; received [8, 2, 2, 2, 1]. ' +
        'A sample has 4 axes, not 5; the batch is not counted.',
    ],
    [
      () => conv1d({ filters: 1, kernelSize: 5 }).outputShape([4, 1]),
      ShapeError,
      'conv1d: expected a padded sequence of at least 5; received 4, from x [1, 4, 1]. ' +
        "The window is 5. Use padding 'same', or a larger sequence.",
    ],
    [
      () => conv2dTranspose({ filters: 1, kernelSize: 2 }).outputShape([2, 2, 0]),
      ShapeError,
      'conv2dTranspose: expected at least one channel; received [2, 2, 0].',
    ],
    [
      () => depthwiseConv2d({ kernelSize: 2, depthMultiplier: 0 }),
      OptionError,
      'depthwiseConv2d: expected depthMultiplier to be a whole number of at least 1; received 0.',
    ],
    [
      () => separableConv2d({ filters: 1, kernelSize: 2 }).outputShape([2, 2]),
      ShapeError,
      'separableConv2d: expected samples [height, width, channels]; received [2, 2]. ' +
        'Grey images have one channel: [2, 2, 1].',
    ],
  ];
  for (const [make, error, message] of wrong) {
    it(`refuse: ${message}`, () => {
      expect(make).to.throw(error).with.property('message', message);
    });
  }

  it('take batches without samples', () => {
    const layer = conv1d({ filters: 2, kernelSize: 2 });
    expect(
      applied(
        layer,
        fill([0, 4, 1], () => 0),
      ).shape,
    ).to.deep.equal([0, 3, 2]);
  });
});
