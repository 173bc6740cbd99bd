import type { AnyOp } from '../opDefinition';
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
import { reshape, transpose } from './shape';
import { embed, slice } from './slice';

export * from './arithmetic';
export * from './conversion';
export * from './convolution';
export * from './elementwise';
export * from './linear';
export * from './reduction';
export * from './shape';
export * from './slice';

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
