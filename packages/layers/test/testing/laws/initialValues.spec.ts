import { checkLaws, LawError } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  batchNormalization,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  dense,
  depthwiseConv2d,
  groupNormalization,
  layerNormalization,
  prelu,
  separableConv2d,
} from '../../../src/index';
import { initialValuesLaws, type InitializedLayer } from '../../../testing/laws/initialValues';

const kernelAndBias = { kernelInitializer: 'kernel', biasInitializer: 'bias' } as const;
const separable: InitializedLayer = {
  name: 'separableConv2d',
  create: (options) => separableConv2d({ filters: 3, kernelSize: 2, ...options }),
  weights: {
    depthwiseInitializer: 'depthwiseKernel',
    pointwiseInitializer: 'pointwiseKernel',
    biasInitializer: 'bias',
  },
  input: [3, 3, 2],
};

const layers: readonly InitializedLayer[] = [
  separable,
  {
    name: 'dense',
    create: (options) => dense({ units: 2, ...options }),
    weights: kernelAndBias,
    input: [3],
  },
  {
    name: 'conv1d',
    create: (options) => conv1d({ filters: 2, kernelSize: 2, ...options }),
    weights: kernelAndBias,
    input: [4, 2],
  },
  {
    name: 'conv2d',
    create: (options) => conv2d({ filters: 2, kernelSize: 2, ...options }),
    weights: kernelAndBias,
    input: [3, 3, 2],
  },
  {
    name: 'conv2dTranspose',
    create: (options) => conv2dTranspose({ filters: 2, kernelSize: 2, ...options }),
    weights: kernelAndBias,
    input: [3, 3, 2],
  },
  {
    name: 'conv3d',
    create: (options) => conv3d({ filters: 2, kernelSize: 2, ...options }),
    weights: kernelAndBias,
    input: [3, 3, 3, 2],
  },
  {
    name: 'depthwiseConv2d',
    create: (options) => depthwiseConv2d({ kernelSize: 2, ...options }),
    weights: { depthwiseInitializer: 'kernel', biasInitializer: 'bias' },
    input: [3, 3, 2],
  },
  {
    name: 'batchNormalization',
    create: (options) => batchNormalization(options),
    weights: {
      gammaInitializer: 'gamma',
      betaInitializer: 'beta',
      movingMeanInitializer: 'movingMean',
      movingVarianceInitializer: 'movingVariance',
    },
    input: [3],
  },
  {
    name: 'layerNormalization',
    create: (options) => layerNormalization(options),
    weights: { gammaInitializer: 'gamma', betaInitializer: 'beta' },
    input: [3],
  },
  {
    name: 'groupNormalization',
    create: (options) => groupNormalization({ groups: 1, ...options }),
    weights: { gammaInitializer: 'gamma', betaInitializer: 'beta' },
    input: [2, 2, 2],
  },
  {
    name: 'prelu',
    create: (options) => prelu(options),
    weights: { alphaInitializer: 'alpha' },
    input: [3],
  },
];

describe('The law of initial values', () => {
  for (const layer of layers) {
    it(`holds for ${layer.name}`, () => checkLaws(initialValuesLaws, layer));
  }

  const [law] = initialValuesLaws;
  const wrong: readonly (readonly [string, InitializedLayer['create']])[] = [
    ['ignores an initializer', ({ pointwiseInitializer: _, ...rest }) => separable.create(rest)],
    [
      'exchanges two of them',
      ({ pointwiseInitializer, depthwiseInitializer, ...rest }) =>
        separable.create({
          ...rest,
          depthwiseInitializer: pointwiseInitializer!,
          pointwiseInitializer: depthwiseInitializer!,
        }),
    ],
  ];
  for (const [title, create] of wrong) {
    it(`finds a layer that ${title}`, () => {
      expect(() => law!.check({ ...separable, create })).to.throw(LawError);
    });
  }

  it('finds a layer that lacks a weight', () => {
    const weights = { kernelInitializer: 'kernel' };
    expect(() =>
      law!.check({ ...separable, create: () => dense({ units: 1 }), weights, input: [3] }),
    ).to.throw(LawError, /expected .* in kernel/);
    expect(() => law!.check({ ...separable, weights })).to.throw('it has no weight kernel.');
  });

  it('does not pass a layer without initializers', () => {
    expect(() => checkLaws(initialValuesLaws, { ...separable, weights: {} })).to.throw(
      'no law applies to separableConv2d.\nlayer/begins-as-its-initializers-say: it has no initializers',
    );
  });
});
