import type {
  ArgKernel,
  BinaryKernel,
  CompareKernel,
  ReduceKernel,
  RowKernel,
  UnaryKernel,
} from '../../src/index';

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
  floor: true,
  ceil: true,
  round: true,
  sin: true,
  cos: true,
  tan: true,
  asin: true,
  acos: true,
  atan: true,
  sinh: true,
  cosh: true,
  asinh: true,
  acosh: true,
  atanh: true,
});

/** Those of `Backend.zip`. */
export const binaryKernels: readonly BinaryKernel[] = namesOf<BinaryKernel>({
  add: true,
  sub: true,
  mul: true,
  div: true,
  minimum: true,
  maximum: true,
  pow: true,
  atan2: true,
  reluGradient: true,
});

/** Those of `Backend.compare`. */
export const compareKernels: readonly CompareKernel[] = namesOf<CompareKernel>({
  equal: true,
  notEqual: true,
  less: true,
  lessEqual: true,
  greater: true,
  greaterEqual: true,
});

/** Those of `Backend.reduce`. */
export const reduceKernels: readonly ReduceKernel[] = namesOf<ReduceKernel>({
  sum: true,
  max: true,
  min: true,
});

/** Those of `Backend.argReduce`. */
export const argKernels: readonly ArgKernel[] = namesOf<ArgKernel>({ argMax: true, argMin: true });

/** Those of `Backend.mapRows`. */
export const rowKernels: readonly RowKernel[] = namesOf<RowKernel>({
  softmax: true,
  logSoftmax: true,
});

/** From a record, because the type checker then notices a kernel that is left out. */
function namesOf<K extends string>(record: Readonly<Record<K, true>>): K[] {
  return Object.keys(record) as K[];
}
