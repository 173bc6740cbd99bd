import type { Law } from 'gradus/testing';
import type { Library } from '../settings';

/** A family of laws: what they are about, and how an implementation of it is told from others. */
export interface Family {
  readonly name: string;
  /** What an implementation has, besides a name and an element type. */
  readonly members: string;
  /** Functions of which it has at least one. */
  readonly functions: readonly string[];
  readonly laws: (testing: Library['testing']) => readonly Law<never>[];
}

/** What fits several is the first: a pooling may have a convolution beside it. */
export const families: readonly Family[] = [
  {
    name: 'pooling',
    members: 'maxPool2d, averagePool2d',
    functions: ['maxPool2d', 'averagePool2d'],
    laws: (testing) => testing.poolingLaws,
  },
  {
    name: 'convolution',
    members: 'conv2d, inputGradient, filterGradient',
    functions: ['conv2d'],
    laws: (testing) => testing.convolutionLaws,
  },
  {
    name: 'transposed convolution',
    members: 'conv2dTranspose',
    functions: ['conv2dTranspose'],
    laws: (testing) => testing.transposedConvolutionLaws,
  },
  {
    name: 'im2col',
    members: 'im2col, col2im',
    functions: ['im2col'],
    laws: (testing) => testing.im2colLaws,
  },
  {
    name: 'softmax',
    members: 'softmax, logSoftmax',
    functions: ['softmax', 'logSoftmax'],
    laws: (testing) => testing.softmaxLaws,
  },
  {
    name: 'normalization',
    members: 'epsilon, sharing, normalize',
    functions: ['normalize'],
    laws: (testing) => testing.normalizationLaws,
  },
  {
    name: 'activation',
    members: 'activate, slope, properties',
    functions: ['activate'],
    laws: (testing) => testing.activationLaws,
  },
  {
    name: 'loss',
    members: 'loss, gradient, properties',
    functions: ['loss'],
    laws: (testing) => testing.lossLaws,
  },
  {
    name: 'filter',
    members: 'size, apply',
    functions: ['apply'],
    laws: (testing) => testing.filterLaws,
  },
  {
    name: 'optimizer',
    members: "method: 'adam', descend",
    functions: ['descend'],
    laws: (testing) => testing.optimizerLaws,
  },
  {
    name: 'autodiff',
    members: 'grad',
    functions: ['grad'],
    laws: (testing) => testing.autodiffLaws,
  },
];
