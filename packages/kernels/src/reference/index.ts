import { arrayStorage, newTypedArray } from '@gradus/tensor';
import type { Backend } from '../backend';
import {
  afterUnpooling,
  unpool,
  withBiasGradient,
  withEpilogue,
  withMatMulEpilogue,
} from '../finish';
import { argReduce } from './argReduce';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { cumulativeSum } from './cumulativeSum';
import { compare, copy, map, where, zip } from './elementwise';
import { extremum } from './extremum';
import { gather, scatterAdd } from './gather';
import { matMul } from './matMul';
import {
  batchNormalizationInputGradient,
  moments,
  normalize,
  normalizeParameterGradient,
} from './normalization';
import { mapRows } from './rows';
import {
  averagePool2d,
  averagePool2dInputGradient,
  maxPool2d,
  maxPool2dInputGradient,
  takeAtMaxima,
} from './pooling';
import { sum } from './sum';

/**
 * The engine that is a definition: every kernel computed in the plainest way, with ndarray and
 * ndarray-ops, for every element type. Tests compare the other engines with it. It is slow, and it
 * needs `new Function`, which a strict Content-Security-Policy forbids: hence a subpath of its own.
 */
export const reference: Backend = {
  name: 'reference',
  allocate: (dtype, size) => arrayStorage(dtype, newTypedArray(dtype, size)),
  copy,
  map,
  zip,
  compare,
  where,
  reduce: (kernel, x, axes, out) =>
    kernel === 'sum' ? sum(x, axes, out) : extremum(kernel, x, axes, out),
  argReduce,
  cumulativeSum,
  gather,
  scatterAdd,
  mapRows,
  matMul: withMatMulEpilogue(matMul),
  conv2d: withEpilogue(conv2d),
  conv2dInputGradient,
  conv2dFilterGradient,
  conv2dPooledParameterGradient: afterUnpooling(withBiasGradient(conv2dFilterGradient, sum)),
  conv2dPooledInputGradient: afterUnpooling(conv2dInputGradient),
  unpool,
  maxPool2d,
  takeAtMaxima,
  maxPool2dInputGradient,
  averagePool2d,
  averagePool2dInputGradient,
  moments,
  normalize,
  normalizeParameterGradient,
  batchNormalizationInputGradient,
};
