import { sum, valueAndGrad, type Padding } from '@gradus/autodiff';
import { ones, OptionError, Random, ShapeError, tensor, zeros, type Shape } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { conv2d, rootScope, sequence, type Activation, type Conv2dConfig } from '../../src/index';
import { checkLayer } from '../../testing';

const build = (config: Conv2dConfig, input: Shape) => {
  const scope = rootScope('model', { random: new Random(1) });
  const call = conv2d(config).build(input, scope);
  const context = { training: false, random: new Random(1) };
  return { variables: scope.variables, call: (x: ReturnType<typeof tensor>) => call(x, context) };
};

/** Keras's formula for one axis, written from CONVENTIONS: the test's own, not the layer's. */
const extent = (n: number, k: number, { s = 1, d = 1, padding = 'valid' as Padding }): number => {
  const reach = (k - 1) * d + 1;
  if (padding === 'same') return Math.ceil(n / s);
  const padded = typeof padding === 'number' ? n + 2 * padding : n;
  return Math.floor((padded - reach) / s) + 1;
};

describe('conv2d', () => {
  it('has the defaults of Keras: valid, stride 1, a bias of zeros, glorotUniform, no activation', () => {
    const { variables, call } = build({ filters: 4, kernelSize: 3 }, [5, 6, 2]);
    const [kernel, bias] = variables;
    expect(variables.map(({ name }) => name)).to.deep.equal(['model/kernel', 'model/bias']);
    expect(kernel!.value.shape).to.deep.equal([3, 3, 2, 4]);
    expect(bias!.value.toArray()).to.deep.equal([0, 0, 0, 0]);
    const limit = Math.sqrt(6 / (9 * 2 + 9 * 4));
    const magnitudes = [...kernel!.value.toTypedArray()].map(Math.abs);
    expect(Math.max(...magnitudes)).to.be.within(0.9 * limit, limit);
    expect(call(ones([2, 5, 6, 2])).shape).to.deep.equal([2, 3, 4, 4]);
    expect(Math.min(...call(ones([1, 5, 6, 2])).toTypedArray())).to.be.below(0);
    expect(variables.every(({ trainable }) => trainable)).to.be.true;
    expect(kernel!.value.dtype).to.equal('float32');
  });

  it('adds the bias to each channel of the correlation, and then activates', () => {
    const { variables, call } = build({ filters: 2, kernelSize: 2, activation: 'relu' }, [2, 3, 1]);
    // Not flipped: 1 x 1 + 2 x 2 + 3 x 4 + 4 x 5 for the first place of the first filter.
    variables[0]!.assign(tensor([1, -1, 2, -2, 3, -3, 4, -4], [2, 2, 1, 2]));
    variables[1]!.assign(tensor([0.5, 40]));
    const x = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    expect(call(x).toArray()).to.deep.equal([
      [
        [
          [37.5, 3],
          [47.5, 0],
        ],
      ],
    ]);
  });

  it('has no bias without useBias', () => {
    const { variables } = build({ filters: 2, kernelSize: 1, useBias: false }, [1, 1, 1]);
    expect(variables.map(({ name }) => name)).to.deep.equal(['model/kernel']);
  });

  it('takes its first values from the initializers it is given', () => {
    const { variables } = build(
      { filters: 2, kernelSize: 1, kernelInitializer: 'ones', biasInitializer: 'ones' },
      [1, 1, 1],
    );
    expect(variables.map(({ value }) => value.toArray())).to.deep.equal([[[[[1, 1]]]], [1, 1]]);
  });

  it('makes weights that training leaves alone if it is not trainable', () => {
    const { variables } = build({ filters: 2, kernelSize: 1, trainable: false }, [1, 1, 1]);
    expect(variables.map(({ trainable }) => trainable)).to.deep.equal([false, false]);
  });

  it('does not change when the options object is changed afterwards', () => {
    const config = { filters: 2, kernelSize: 1, kernelInitializer: 'ones', useBias: true };
    const layer = conv2d(config as Conv2dConfig);
    Object.assign(config, { filters: 3, kernelInitializer: 'zeros', useBias: false });
    const scope = rootScope('model', { random: new Random(1) });
    layer.build([1, 1, 1], scope);
    expect(scope.variables.map(({ value }) => value.toArray())).to.deep.equal([
      [[[[1, 1]]]],
      [0, 0],
    ]);
    expect(layer.config).to.deep.include({ filters: 2, kernelInitializer: 'ones' });
  });

  const axis = fc.record({
    k: fc.integer({ min: 1, max: 3 }),
    s: fc.integer({ min: 1, max: 3 }),
    d: fc.integer({ min: 1, max: 2 }),
    extra: fc.nat({ max: 3 }),
  });
  const padding = fc.constantFrom<Padding>('valid', 'same', 1);

  it('has the shape that the formula of Keras gives', () => {
    fc.assert(
      fc.property(axis, axis, padding, fc.integer({ min: 1, max: 3 }), (v, h, pad, groups) => {
        const [height, width] = [v, h].map(({ k, d, extra }) => (k - 1) * d + 1 + extra);
        const shape = conv2d({
          filters: 2 * groups,
          kernelSize: [v.k, h.k],
          strides: [v.s, h.s],
          dilationRate: [v.d, h.d],
          padding: pad,
          groups,
        }).outputShape([height!, width!, 3 * groups]);
        expect(shape).to.deep.equal([
          extent(height!, v.k, { ...v, padding: pad }),
          extent(width!, h.k, { ...h, padding: pad }),
          2 * groups,
        ]);
      }),
    );
  });

  interface Example {
    readonly title: string;
    readonly config: Omit<Conv2dConfig, 'filters'>;
    readonly kernel: Shape;
    readonly output: readonly [number, number];
  }
  // An input of 5 x 4 pixels and 2 channels, 4 filters.
  const examples: readonly Example[] = [
    { title: 'a square kernel', config: { kernelSize: 3 }, kernel: [3, 3, 2, 4], output: [3, 2] },
    {
      title: 'an oblong kernel, strides and padding',
      config: { kernelSize: [2, 3], strides: [2, 1], padding: 'same' },
      kernel: [2, 3, 2, 4],
      output: [3, 4],
    },
    {
      title: 'strides and dilation at once',
      config: { kernelSize: 2, dilationRate: [3, 2], strides: 2 },
      kernel: [2, 2, 2, 4],
      output: [1, 1],
    },
    {
      title: 'groups, and padding on one side only',
      config: {
        kernelSize: 2,
        groups: 2,
        padding: [
          [0, 1],
          [2, 0],
        ],
      },
      kernel: [2, 2, 1, 4],
      output: [5, 5],
    },
  ];
  const contract = ({ config, kernel, output }: Example, activation: Activation): void => {
    const size = kernel.reduce((product, n) => product * n, 1);
    checkLayer(conv2d({ ...config, filters: 4, activation }), {
      input: [5, 4, 2],
      outputShape: () => [...output, 4],
      weights: { kernel, bias: [4] },
      parameters: { trainable: size + 4, nonTrainable: 0 },
      seed: 1,
    });
  };
  for (const example of examples) {
    it(`keeps the contract of layers with ${example.title}`, () => contract(example, 'tanh'));
  }
  for (const activation of ['linear', 'relu', 'sigmoid'] as const) {
    it(`keeps the contract of layers with ${activation}`, () => contract(examples[1]!, activation));
  }

  it('keeps the contract of layers without bias and not trainable', () => {
    checkLayer(conv2d({ filters: 2, kernelSize: 1, useBias: false, trainable: false }), {
      input: [1, 1, 3],
      outputShape: ([h, w]) => [h!, w!, 2],
      weights: { kernel: [1, 1, 3, 2] },
      parameters: { trainable: 0, nonTrainable: 6 },
    });
  });

  it('does with groups what a convolution for each group does', () => {
    const { variables, call } = build({ filters: 4, kernelSize: 2, groups: 2 }, [3, 3, 2]);
    const one = build({ filters: 4, kernelSize: 2 }, [3, 3, 2]);
    // The same kernel with zeros where the groups do not see each other.
    const grouped = variables[0]!.value;
    const full = zeros([2, 2, 2, 4]).toTypedArray();
    for (let tap = 0; tap < 4; tap++) {
      for (let f = 0; f < 4; f++) {
        const channel = f < 2 ? 0 : 1;
        full[(tap * 2 + channel) * 4 + f] = grouped.at(Math.floor(tap / 2), tap % 2, 0, f);
      }
    }
    one.variables[0]!.assign(tensor(full, [2, 2, 2, 4]));
    const x = tensor(
      Float32Array.from({ length: 18 }, (_, i) => ((i * 7) % 11) - 5),
      [1, 3, 3, 2],
    );
    expectClose(call(x), one.call(x), { relative: 1e-6 });
  });

  it('passes gradients to its weights', () => {
    const { variables, call } = build({ filters: 1, kernelSize: 2 }, [2, 2, 1]);
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    const { grads } = valueAndGrad(() => sum(call(x)), variables);
    expect(grads.map((dw) => [...dw.toTypedArray()])).to.deep.equal([[1, 2, 3, 4], [1]]);
  });
});

describe('An error of conv2d', () => {
  const whole = (name: string, value: string) =>
    `conv2d: expected ${name} to be a whole number of at least 1; received ${value}.`;
  const options: readonly [Partial<Conv2dConfig>, string][] = [
    [{ filters: 0 }, whole('filters', '0')],
    [{ filters: 1.5 }, whole('filters', '1.5')],
    [{ filters: NaN }, whole('filters', 'NaN')],
    [{ kernelSize: 0 }, whole('kernelSize', '0')],
    [{ kernelSize: [3, -1] }, whole('kernelSize', '-1')],
    [{ kernelSize: null as never }, whole('kernelSize', 'null')],
    [{ groups: 0 }, whole('groups', '0')],
    [{ groups: 3 }, 'conv2d: expected filters to be divisible by 3 groups; received 4.'],
    [
      { activation: 'Swish' as never },
      'activation: expected one of linear, relu, relu6, leakyRelu, elu, selu, gelu, geluTanh, ' +
        'silu, swish, sigmoid, hardSigmoid, tanh, softplus, exponential, softmax, logSoftmax; ' +
        "received 'Swish'.",
    ],
  ];
  for (const [option, message] of options) {
    it(`comes at once for ${JSON.stringify(option)}`, () => {
      expect(() => conv2d({ filters: 4, kernelSize: 3, ...option }))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }

  const built: readonly [string, Partial<Conv2dConfig>, Shape, string][] = [
    ['stride 0', { strides: 0 }, [5, 5, 2], whole('strides', '0')],
    ['a fractional dilation', { dilationRate: [1, 1.5] }, [5, 5, 2], whole('dilations', '1.5')],
    [
      'an unknown padding',
      { padding: 'full' as 'same' },
      [5, 5, 2],
      "conv2d: expected padding 'same', 'valid', a whole number of at least 0, or " +
        '[[top, bottom], [left, right]]; received "full".',
    ],
    [
      'an unknown initializer',
      { kernelInitializer: 'glorot' as 'zeros' },
      [5, 5, 2],
      'initializer: expected one of zeros, ones, randomUniform, randomNormal, truncatedNormal, ' +
        'glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal, orthogonal; ' +
        "received 'glorot'.",
    ],
    [
      'samples without channels',
      {},
      [28, 28],
      'conv2d: expected samples [height, width, channels]; received [28, 28]. ' +
        'Grey images have one channel: [28, 28, 1].',
    ],
    [
      'a batch in place of a sample',
      {},
      [8, 28, 28, 1],
      'conv2d: expected samples [height, width, channels]; received [8, 28, 28, 1]. ' +
        'A sample has 3 axes, not 4; the batch is not counted.',
    ],
    [
      'channels that groups cannot share',
      { groups: 2 },
      [5, 5, 3],
      'conv2d: expected at least one channel, and as many as 2 groups can share; ' +
        'received [5, 5, 3].',
    ],
    [
      'no channels',
      {},
      [5, 5, 0],
      'conv2d: expected at least one channel, and as many as 1 group can share; ' +
        'received [5, 5, 0].',
    ],
    [
      'a kernel larger than the image',
      { dilationRate: 2 },
      [5, 4, 2],
      'conv2d: expected a padded image of at least 5x5 pixels; received 5x4, from x [1, 5, 4, 2]. ' +
        "The kernel is 3x3 (5x5 when dilated). Use padding 'same', or a larger image.",
    ],
  ];
  for (const [title, option, input, message] of built) {
    it(`comes with the layer's path when it is built, for ${title}`, () => {
      const model = sequence([conv2d({ filters: 4, kernelSize: 3, ...option })]);
      const scope = rootScope('model', { random: new Random(1) });
      expect(() => model.build(input, scope)).to.throw(`model/0_conv2d: ${message}`);
      expect(scope.variables).to.deep.equal([]);
    });
  }

  it('comes for the shape as it does for building', () => {
    expect(() => conv2d({ filters: 4, kernelSize: 3, groups: 2 }).outputShape([5, 5, 3]))
      .to.throw(ShapeError)
      .with.property('op', 'conv2d');
  });
});
