import type { AnyOp } from '../opDefinition';
import { elu, gelu, hardSigmoid, leakyRelu, relu6, selu, silu } from './activations';
import { add, div, mul, neg, sub } from './arithmetic';
import { equal, greater, greaterEqual, less, lessEqual, notEqual, where } from './comparison';
import { cast, stopGradient } from './conversion';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { conv2dBias, conv2dBiasMaxPool } from './convolutionBlock';
import { softmaxCrossEntropy, softmaxMinusTargets } from './crossEntropy';
import {
  abs,
  ceil,
  erf,
  exp,
  floor,
  log,
  relu,
  reluGradient,
  round,
  sigmoid,
  sign,
  softplus,
  sqrt,
  square,
  tanh,
} from './elementwise';
import { clip, maximum, minimum } from './extremes';
import { concat } from './joining';
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
import { atan2, pow } from './powers';
import { broadcastTo, max, mean, min, sum } from './reduction';
import { flip, tile } from './repeating';
import { reshape, transpose } from './shape';
import { embed, slice } from './slice';
import { logSoftmax, softmax } from './softmax';
import { logSumExp, norm, variance } from './statistics';
import { acos, acosh, asin, asinh, atan, atanh, cos, cosh, sin, sinh, tan } from './trigonometry';

export * from './activations';
export * from './arithmetic';
export * from './comparison';
export * from './conversion';
export * from './convolution';
export * from './convolutionBlock';
export * from './crossEntropy';
export * from './pooledConvolution';
export * from './elementwise';
export * from './extremes';
export * from './joining';
export * from './labels';
export * from './linear';
export { moments } from './moments';
export * from './normalization';
export * from './pooling';
export * from './powers';
export * from './reduction';
export * from './repeating';
export * from './shape';
export * from './slice';
export * from './softmax';
export * from './statistics';
export * from './trigonometry';

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
  floor,
  ceil,
  round,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  asinh,
  acosh,
  atanh,
  pow,
  atan2,
  minimum,
  maximum,
  clip,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  where,
  relu6,
  leakyRelu,
  elu,
  selu,
  gelu,
  silu,
  hardSigmoid,
  variance,
  norm,
  logSumExp,
  sum,
  mean,
  max,
  min,
  broadcastTo,
  reshape,
  transpose,
  slice,
  embed,
  concat,
  flip,
  tile,
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
