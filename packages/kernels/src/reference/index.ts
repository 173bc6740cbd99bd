import { arrayStorage, newTypedArray } from '@gradus/tensor';
import type { Backend } from '../backend';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import { copy, map, zip } from './elementwise';
import { matMul } from './matMul';
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
  reduce: (_kernel, x, axes, out) => sum(x, axes, out),
  matMul,
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
};
