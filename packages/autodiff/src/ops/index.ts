import type { AnyOp } from '../opDefinition';
import { elu, gelu, hardSigmoid, leakyRelu, relu6, selu, silu } from './activations';
import { argMax, argMin } from './argExtremum';
import { add, div, mul, neg, sub } from './arithmetic';
import { equal, greater, greaterEqual, less, lessEqual, notEqual, where } from './comparison';
import { cast, stopGradient } from './conversion';
import { conv1d } from './conv1d';
import { conv2dTranspose } from './conv2dTranspose';
import { conv3d } from './conv3d';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { conv2dBias, conv2dBiasMaxPool } from './convolutionBlock';
import { softmaxCrossEntropy, softmaxMinusTargets } from './crossEntropy';
import { depthwiseConv2d, separableConv2d } from './depthwiseConv2d';
import { cumulativeSum } from './cumulativeSum';
import { einsum } from './einsum';
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
import { fft2d, ifft2d } from './fourier';
import { col2im, im2col } from './im2col';
import { gather, scatter } from './gather';
import { concat } from './joining';
import { oneHot, sparseSoftmaxCrossEntropy } from './labels';
import { matMul, matMulBias } from './linear';
import { localResponseNormalization } from './localResponseNormalization';
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
import { avgPool, globalAvgPool, globalMaxPool, maxPool } from './poolAlongAxes';
import { pad } from './pad';
import { atan2, pow } from './powers';
import { prod } from './product';
import { broadcastTo, max, mean, min, sum } from './reduction';
import { flip, tile } from './repeating';
import { resize } from './resize';
import { reshape, transpose } from './shape';
import { embed, slice } from './slice';
import { logSoftmax, softmax } from './softmax';
import { logSumExp, norm, variance } from './statistics';
import { structuralSimilarity } from './structuralSimilarity';
import { totalVariation } from './totalVariation';
import { acos, acosh, asin, asinh, atan, atanh, cos, cosh, sin, sinh, tan } from './trigonometry';

export * from './activations';
export * from './argExtremum';
export { alongAxes, type AlongAxes, type PaddingAlongAxes } from './alongAxes';
export * from './arithmetic';
export * from './comparison';
export * from './conversion';
export * from './conv1d';
export * from './conv2dTranspose';
export * from './conv3d';
export * from './convolution';
export * from './convolutionBlock';
export {
  convolutionWindows,
  type ConvolutionOptions,
  type ConvolutionShapes,
} from './convolutionWindows';
export * from './crossEntropy';
export * from './depthwiseConv2d';
export {
  conv2dPooledInputGradient,
  conv2dPooledParameterGradient,
  takeAtPlaces,
  unpool,
  type PooledInputGradientOptions,
  type PooledOptions,
  type PooledParameterGradientOptions,
  type UnpoolOptions,
} from './pooledConvolution';
export * from './cumulativeSum';
export * from './einsum';
export * from './elementwise';
export * from './extremes';
export * from './fourier';
export * from './im2col';
export type { Im2colOptions } from './im2colWindows';
export * from './gather';
export type { Indices } from './indices';
export * from './joining';
export * from './labels';
export * from './linear';
export * from './localResponseNormalization';
export { moments } from './moments';
export * from './normalization';
export * from './poolAlongAxes';
export * from './pooling';
export * from './pad';
export * from './powers';
export * from './product';
export { broadcastTo, max, mean, min, sum, type ReduceOptions } from './reduction';
export * from './repeating';
export * from './resize';
export * from './shape';
export * from './slice';
export * from './softmax';
export * from './statistics';
export * from './structuralSimilarity';
export * from './totalVariation';
export * from './trigonometry';
export { windowsOn, type WindowsAlong, type WindowsOptions } from './windows';

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
  prod,
  argMax,
  argMin,
  cumulativeSum,
  reshape,
  transpose,
  slice,
  embed,
  concat,
  flip,
  tile,
  pad,
  gather,
  scatter,
  oneHot,
  resize,
  softmax,
  logSoftmax,
  sparseSoftmaxCrossEntropy,
  softmaxCrossEntropy,
  softmaxMinusTargets,
  matMul,
  matMulBias,
  einsum,
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
  conv1d,
  conv3d,
  conv2dTranspose,
  depthwiseConv2d,
  separableConv2d,
  maxPool,
  avgPool,
  globalMaxPool,
  globalAvgPool,
  im2col,
  col2im,
  fft2d,
  ifft2d,
  localResponseNormalization,
  totalVariation,
  structuralSimilarity,
  moments,
  normalize,
  batchNormalization,
  batchNormalizationParameterGradient,
  batchNormalizationInputGradient,
  cast,
  stopGradient,
];
