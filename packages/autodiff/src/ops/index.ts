import type { AnyOp } from '../op';
import { add, div, mul, neg, sub } from './arithmetic';
import { cast, stopGradient } from './conversion';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution';
import {
  abs,
  exp,
  log,
  relu,
  reluGradient,
  sigmoid,
  sign,
  sqrt,
  square,
  tanh,
} from './elementwise';
import { matMul } from './linear';
import { broadcastTo, sum } from './reduction';
import { embed, reshape, slice, transpose } from './shape';

export * from './arithmetic';
export * from './conversion';
export * from './convolution';
export * from './elementwise';
export * from './linear';
export * from './reduction';
export * from './shape';

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
  tanh,
  sum,
  broadcastTo,
  reshape,
  transpose,
  slice,
  embed,
  matMul,
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  cast,
  stopGradient,
];
