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
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './conv2d';
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
import { adam, momentum } from './updates';

/** The engine in plain TypeScript loops over typed arrays. */
export const loops: Backend = {
  name: 'loops',
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
  adam,
  momentum,
};
