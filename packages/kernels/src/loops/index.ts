import { arrayStorage, newTypedArray } from '@gradus/tensor';
import type { Backend } from '../backend';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './conv2d';
import { copy, map, zip } from './elementwise';
import { matMul } from './matMul';
import { sum } from './sum';

/** The engine in plain TypeScript loops over typed arrays. */
export const loops: Backend = {
  name: 'loops',
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
