import { describeLayer, sequential } from '@gradus/train';
import { input } from '@gradus/layers';
import { fill, OptionError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { basicBlock, bottleneckBlock, type ResidualConfig } from '../../src/index';

/** What a block makes of an image, with kernels that pass on the middle of the window, unless named. */
function through(
  config: ResidualConfig,
  x: Tensor,
  weights: Readonly<Record<string, Tensor>> = {},
) {
  const normalization = { epsilon: 0 };
  const model = sequential([input(x.shape.slice(1)), basicBlock({ ...config, normalization })]);
  for (const variable of model.variables) {
    const own = Object.entries(weights).find(([name]) => variable.name.endsWith(name));
    if (own !== undefined) variable.assign(own[1]);
    else if (variable.name.endsWith('kernel')) variable.assign(middle(variable.value.shape));
  }
  return [...model.predict(x).toTypedArray()];
}

/** A kernel that gives filter f channel f of the pixel in the middle. */
function middle([height, width, channels, filters]: readonly number[]): Tensor {
  const centre = Math.floor(height! / 2) * width! + Math.floor(width! / 2);
  return fill([height!, width!, channels!, filters!], (i) => {
    const [place, channel] = [Math.floor(i / filters! / channels!), Math.floor(i / filters!)];
    return place === centre && channel % channels! === i % filters! ? 1 : 0;
  });
}

const normWeights = (layer: string) =>
  ['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) => [`model/${layer}/${name}`, [2]]);

describe('basicBlock', () => {
  it('adds to the input what two normalised convolutions make of it, rectified in between', () => {
    const x = tensor([2, -3], [1, 1, 2, 1]);
    // Of 2: relu(2 + 2). Of -3: relu(-3 + relu(-3)) = 0.
    expect(through({ channels: 1, filters: 1 }, x)).to.deep.equal([4, 0]);
    // With beta 5: relu(-3 + 5) = 2 within, hence relu(-3 + 2) and relu(2 + 7).
    const conv1Norm = { 'conv1Norm/beta': tensor([5]) };
    expect(through({ channels: 1, filters: 1 }, x, conv1Norm)).to.deep.equal([9, 0]);
    const conv2Norm = { 'conv2Norm/gamma': tensor([-0.5]) };
    expect(through({ channels: 1, filters: 1 }, x, conv2Norm)).to.deep.equal([1, 0]);
  });

  it('takes every second pixel, and zeros for new channels, as a shortcut without weights', () => {
    const x = fill([1, 4, 4, 1], (i) => i + 1);
    const still = { 'conv2/kernel': zeros([3, 3, 3, 3]) };
    const config = { channels: 1, filters: 3, strides: 2, shortcut: 'padding' } as const;
    expect(through(config, x, still)).to.deep.equal([1, 0, 0, 3, 0, 0, 9, 0, 0, 11, 0, 0]);
  });

  it('projects by a convolution of its own where sizes change, by default', () => {
    const x = fill([1, 3, 3, 1], (i) => i + 1);
    const weights = {
      'conv2/kernel': zeros([3, 3, 2, 2]),
      'shortcut/kernel': tensor([1, 10], [1, 1, 1, 2]),
      'shortcutNorm/beta': tensor([0, 1]),
    };
    const config = { channels: 1, filters: 2, strides: 2 };
    expect(through(config, x, weights)).to.deep.equal([1, 11, 3, 31, 7, 71, 9, 91]);
    const { variables } = describeLayer(basicBlock(config), [3, 3, 1]);
    expect(variables.map(({ name, value }) => [name, value.shape])).to.deep.equal([
      ['model/0_shortcut/kernel', [1, 1, 1, 2]],
      ...normWeights('1_shortcutNorm'),
      ['model/2_conv1/kernel', [3, 3, 1, 2]],
      ...normWeights('3_conv1Norm'),
      ['model/5_conv2/kernel', [3, 3, 2, 2]],
      ...normWeights('6_conv2Norm'),
    ]);
  });

  it('has no weights in a shortcut where nothing changes, and biases on demand', () => {
    const config = { channels: 2, filters: 2, useBias: true, name: 'block' };
    const { variables } = describeLayer(basicBlock(config), [4, 4, 2]);
    const names = variables.map(({ name }) => name.replace('model/', ''));
    expect(names.filter((name) => !name.includes('Norm'))).to.deep.equal([
      ...['0_conv1/kernel', '0_conv1/bias', '3_conv2/kernel', '3_conv2/bias'],
    ]);
    expect(basicBlock(config).name).to.equal('block');
    expect(describeLayer(basicBlock(config), [4, 4, 2]).outputShape).to.deep.equal([4, 4, 2]);
  });

  it('refuses shortcuts that cannot do what they have to, and numbers that are none', () => {
    const complaints: readonly [ResidualConfig, string][] = [
      [
        { channels: 2, filters: 4, shortcut: 'identity' },
        "basicBlock: expected shortcut to be 'projection', which goes from 2 channels to 4 with " +
          "strides 1; received 'identity'.",
      ],
      [
        { channels: 4, filters: 4, strides: 2, shortcut: 'padding' },
        "basicBlock: expected shortcut to be 'projection', which goes from 4 channels to 4 with " +
          "strides 2; received 'padding'.",
      ],
      [
        { channels: 2, filters: 4, shortcut: 'bridge' as 'padding' },
        'basicBlock: expected shortcut to be one of identity, projection, padding; received ' +
          "'bridge'.",
      ],
      [
        { channels: 2, filters: 0 },
        'basicBlock: expected filters to be a whole number of at least 1; received 0.',
      ],
      [
        null as never,
        'basicBlock: expected options by name, such as { name: value }; received null.',
      ],
    ];
    for (const [config, message] of complaints) {
      expect(() => basicBlock(config))
        .to.throw(OptionError)
        .with.property('message', message);
    }
  });
});

describe('bottleneckBlock', () => {
  it('goes through fewer channels, and gives four times as many', () => {
    const { variables, outputShape } = describeLayer(
      bottleneckBlock({ channels: 8, filters: 2, name: 'block' }),
      [6, 4, 8],
    );
    const kernels = variables.filter(({ name }) => name.endsWith('kernel'));
    expect(kernels.map(({ name, value }) => [name, value.shape])).to.deep.equal([
      ['model/0_reduce/kernel', [1, 1, 8, 2]],
      ['model/3_conv/kernel', [3, 3, 2, 2]],
      ['model/6_expand/kernel', [1, 1, 2, 8]],
    ]);
    expect(outputShape).to.deep.equal([6, 4, 8]);
  });

  it('projects where sizes change, and refuses what it cannot do in its own name', () => {
    const block = bottleneckBlock({ channels: 2, filters: 2, strides: 2, useBias: true });
    const { variables, outputShape } = describeLayer(block, [5, 4, 2]);
    expect(outputShape).to.deep.equal([3, 2, 8]);
    expect(variables.filter(({ name }) => name.endsWith('bias'))).to.have.length(4);
    expect(variables.map(({ name }) => name)).to.include('model/0_shortcut/kernel');
    expect(() => bottleneckBlock({ channels: 2, filters: 2, shortcut: 'identity' })).to.throw(
      OptionError,
      /^bottleneckBlock: expected shortcut to be 'projection', which goes from 2 channels to 8/,
    );
  });
});
