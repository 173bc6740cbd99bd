import type { AnyOp } from '../opDefinition';
import { add, div, mul, neg, sub } from './arithmetic';
import { cast, stopGradient } from './conversion';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { conv2dBias, conv2dBiasMaxPool } from './convolutionBlock';
import { softmaxCrossEntropy, softmaxMinusTargets } from './crossEntropy';
import {
  abs,
  equal,
  erf,
  exp,
  log,
  relu,
  reluGradient,
  sigmoid,
  sign,
  softplus,
  sqrt,
  square,
  tanh,
} from './elementwise';
import { sparseSoftmaxCrossEntropy } from './labels';
import { matMul, matMulBias } from './linear';
import { moments } from './moments';
import {
  batchNormalization,
  batchNormalizationInputGradient,
  batchNormalizationParameterGradient,
  normalize,
} from './normalization';
import {
  conv2dPooledParameterGradient,
  conv2dPooledInputGradient,
  takeAtPlaces,
  unpool,
} from './pooledConvolution';
import {
  averagePool2d,
  averagePool2dInputGradient,
  maxPool2d,
  maxPool2dInputGradient,
  takeAtMaxima,
} from './pooling';
import { broadcastTo, max, min, sum } from './reduction';
import { reshape, transpose } from './shape';
import { embed, slice } from './slice';
import { logSoftmax, softmax } from './softmax';

export * from './arithmetic';
export * from './conversion';
export * from './convolution';
export * from './convolutionBlock';
export * from './crossEntropy';
export * from './pooledConvolution';
export * from './elementwise';
export * from './labels';
export * from './linear';
export { moments } from './moments';
export * from './normalization';
export * from './pooling';
export * from './reduction';
export * from './shape';
export * from './slice';
export * from './softmax';

/** Every operation, for the tests that hold for all of them and for the documentation. */
export const operations: readonly AnyOp[] = [
  add,
  sub,
  mul,
  div,
  neg,
  abs,
  sign,
  square,
  sqrt,
  exp,
  log,
  relu,
  reluGradient,
  sigmoid,
  softplus,
  tanh,
  erf,
  equal,
  sum,
  max,
  min,
  broadcastTo,
  reshape,
  transpose,
  slice,
  embed,
  softmax,
  logSoftmax,
  sparseSoftmaxCrossEntropy,
  softmaxCrossEntropy,
  softmaxMinusTargets,
  matMul,
  matMulBias,
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  conv2dBias,
  conv2dBiasMaxPool,
  conv2dPooledParameterGradient,
  conv2dPooledInputGradient,
  unpool,
  takeAtPlaces,
  maxPool2d,
  maxPool2dInputGradient,
  takeAtMaxima,
  averagePool2d,
  averagePool2dInputGradient,
  moments,
  normalize,
  batchNormalization,
  batchNormalizationParameterGradient,
  batchNormalizationInputGradient,
  cast,
  stopGradient,
];
