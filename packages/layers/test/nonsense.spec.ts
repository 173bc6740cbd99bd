import { ArgumentError } from '@gradus/tensor';
import { expect } from 'chai';
import { layerFactories } from '../src/registry';
import { given, scope } from './applied';

/** Options with which each kind can be made, where it needs any; and a sample that it takes. */
const needed: Readonly<Record<string, object>> = {
  activation: { activation: 'relu' },
  conv1d: { filters: 2, kernelSize: 1 },
  conv2dTranspose: { filters: 2, kernelSize: 1 },
  conv3d: { filters: 2, kernelSize: 1 },
  depthwiseConv2d: { kernelSize: 1 },
  directionalDerivative: { angle: 0 },
  dropout: { rate: 0.5 },
  fixedFilter: { kernel: [[1]] },
  gabor: { size: 1 },
  gaussianNoise: { stddev: 1 },
  groupNormalization: { groups: 2 },
  normalization: { mean: 0, variance: 1 },
  permute: { dims: [1, 2, 3] },
  randomContrast: { factor: 0.5 },
  randomBrightness: { factor: 0.5 },
  randomCrop: { height: 1, width: 1 },
  randomRotation: { factor: 0.5 },
  randomTranslation: { heightFactor: 0.5, widthFactor: 0.5 },
  randomZoom: { heightFactor: 0.5 },
  rescaling: { scale: 1 },
  reshape: { targetShape: [-1] },
  separableConv2d: { filters: 2, kernelSize: 1 },
  spatialDropout2d: { rate: 0.5 },
};
const samples: Readonly<Record<string, readonly number[]>> = {
  conv1d: [16, 4],
  conv3d: [8, 8, 8, 2],
  maxPooling1d: [8, 2],
  averagePooling1d: [8, 2],
  globalMaxPooling1d: [8, 2],
  globalAveragePooling1d: [8, 2],
  maxPooling3d: [8, 8, 8, 2],
  averagePooling3d: [8, 8, 8, 2],
  globalMaxPooling3d: [8, 8, 8, 2],
  globalAveragePooling3d: [8, 8, 8, 2],
};
const others = [
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'softmax',
  'prelu',
  'relu',
  'layerNormalization',
  'localResponseNormalization',
];
const kinds = [
  ...Object.keys(needed),
  ...Object.keys(samples).filter((kind) => !(kind in needed)),
  ...others,
  ...['zeroPadding2d', 'cropping2d', 'upSampling2d', 'randomFlip', 'sobel', 'scharr', 'prewitt'],
  ...['laplacian', 'gaussianBlur', 'averageFilter', 'unsharpMask', 'maxPooling2d', 'flatten'],
  ...['averagePooling2d', 'globalMaxPooling2d', 'globalAveragePooling2d'],
] as readonly (keyof typeof layerFactories)[];

/** The kinds whose users give options, and nothing before them. */
const ofOptionsAlone = Object.entries(layerFactories).filter(
  ([kind]) => !['graph', 'lambda', 'sequence'].includes(kind),
);

/** Options that layers have, whichever. */
const options = [
  ...['filters', 'kernelSize', 'strides', 'padding', 'dilationRate', 'groups', 'activation'],
  ...['depthMultiplier', 'outputPadding', 'poolSize', 'size', 'interpolation', 'rate', 'seed'],
  ...['stddev', 'axis', 'epsilon', 'center', 'scale', 'offset', 'mean', 'variance', 'targetShape'],
  ...['dims', 'cropping', 'factor', 'heightFactor', 'widthFactor', 'height', 'width', 'mode'],
  ...['fillMode', 'fillValue', 'valueRange', 'component', 'sigma', 'angle', 'amount', 'theta'],
  ...['lambda', 'gamma', 'psi', 'kernel', 'trainable', 'mixChannels', 'keepDims', 'sharedAxes'],
  ...[
    'alpha',
    'negativeSlope',
    'maxValue',
    'threshold',
    'approximate',
    'depthRadius',
    'bias',
    'beta',
  ],
];
const nonsense = [
  null,
  NaN,
  Infinity,
  -1,
  0,
  0.5,
  1e300,
  2 ** 40,
  'x',
  '',
  [],
  [NaN],
  [[]],
  {},
  true,
];

const shown = (value: unknown): string => (Number.isNaN(value) ? 'NaN' : JSON.stringify(value));

describe('A layer that is given nonsense', () => {
  for (const kind of kinds) {
    it(`says so, or can do with it: ${kind}`, () => {
      const make: (config: object) => ReturnType<(typeof layerFactories)['relu']> = given(
        layerFactories[kind],
      );
      const input = samples[kind] ?? [8, 8, 4];
      for (const option of options) {
        for (const value of nonsense) {
          try {
            const layer = make({ ...needed[kind], [option]: value });
            layer.outputShape(input);
            // Weights of absurd sizes are a matter of memory.
            if (!(Math.abs(Number(value)) >= 2 ** 40)) layer.build(input, scope());
          } catch (error) {
            expect(error, `${kind} with ${option} ${shown(value)}`).to.be.instanceOf(ArgumentError);
          }
        }
      }
    });

    it(`refuses samples of any other shape, or can do with them: ${kind}`, () => {
      const make: (config: object) => ReturnType<(typeof layerFactories)['relu']> = given(
        layerFactories[kind],
      );
      for (const input of [[], [0], [3], [0, 0], [2, 3], [0, 0, 0], [1, 2, 3, 4, 5, 6]]) {
        try {
          make(needed[kind] ?? {}).build(input, scope());
        } catch (error) {
          expect(error, `${kind} of [${input.join(', ')}]`).to.be.instanceOf(ArgumentError);
        }
      }
    });
  }

  for (const [kind, factory] of ofOptionsAlone) {
    it(`refuses anything but options by name: ${kind}`, () => {
      const make: (config: unknown) => unknown = given(factory);
      for (const value of [null, 3, 'a', true, []]) {
        expect(() => make(value), shown(value)).to.throw(ArgumentError);
      }
    });

    it(`makes do without options, or says which it needs: ${kind}`, () => {
      const make: (config?: unknown) => unknown = given(factory);
      try {
        make();
      } catch (error) {
        expect(error).to.be.instanceOf(ArgumentError);
      }
    });
  }
});
