import type { BinaryKernel, ReduceKernel, RowKernel, UnaryKernel } from '../src/index';

/** The kernels of `Backend.map`. */
export const unaryKernels: readonly UnaryKernel[] = namesOf<UnaryKernel>({
  neg: true,
  abs: true,
  sign: true,
  square: true,
  sqrt: true,
  exp: true,
  log: true,
  relu: true,
  sigmoid: true,
  softplus: true,
  tanh: true,
  erf: true,
});

/** Those of `Backend.zip`. */
export const binaryKernels: readonly BinaryKernel[] = namesOf<BinaryKernel>({
  add: true,
  sub: true,
  mul: true,
  div: true,
  reluGradient: true,
  equal: true,
});

/** Those of `Backend.reduce`. */
export const reduceKernels: readonly ReduceKernel[] = namesOf<ReduceKernel>({
  sum: true,
  max: true,
  min: true,
});

/** Those of `Backend.mapRows`. */
export const rowKernels: readonly RowKernel[] = namesOf<RowKernel>({
  softmax: true,
  logSoftmax: true,
});

/** From a record, because the type checker then notices a kernel that is left out. */
function namesOf<K extends string>(record: Readonly<Record<K, true>>): K[] {
  return Object.keys(record) as K[];
}
