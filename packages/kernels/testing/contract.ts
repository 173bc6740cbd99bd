import { dtypes, type DType } from '@gradus/tensor';
import type fc from 'fast-check';
import type { Backend, BinaryKernel, ReduceKernel, RowKernel, UnaryKernel } from '../src/index';
import { checkCall, type CheckOptions } from './checkCall';
import { convKernels, convolutionCalls } from './convolutionCalls';
import { convolutionLaws } from './convolutionLaws';
import { convolutionSymmetries } from './convolutionSymmetries';
import type { KernelCall } from './kernelCall';
import {
  copyCalls,
  mapCalls,
  mapRowsCalls,
  matMulCalls,
  reduceCalls,
  zipCalls,
} from './kernelCalls';
import { forAll, type Law } from './law';
import { matMulLaws } from './matMulLaws';
import { allocationLaw, memoryLaws } from './memoryLaws';
import { notFiniteLaws } from './notFiniteLaws';
import { poolingCalls, poolKernels } from './poolingCalls';
import { poolingLaws } from './poolingLaws';

// Records, because the type checker then notices a kernel that is left out.
const unaryKernels: Readonly<Record<UnaryKernel, true>> = {
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
};
const binaryKernels: Readonly<Record<BinaryKernel, true>> = {
  add: true,
  sub: true,
  mul: true,
  div: true,
  reluGradient: true,
  equal: true,
};
const reduceKernels: Readonly<Record<ReduceKernel, true>> = { sum: true, max: true, min: true };
const rowKernels: Readonly<Record<RowKernel, true>> = { softmax: true, logSoftmax: true };

const floatDTypes: readonly DType[] = ['float32', 'float64'];

/** For each kernel, that it is what `reference` says, for every element type. */
const definitionLaws: readonly Law[] = [
  ...dtypes.map((to) => isDefined(`copy to ${to}`, (from) => copyCalls(from, to))),
  ...keysOf(unaryKernels).map((kernel) =>
    isDefined(`map ${kernel}`, (dtype) => mapCalls(kernel, dtype)),
  ),
  ...keysOf(binaryKernels).map((kernel) =>
    isDefined(`zip ${kernel}`, (dtype) => zipCalls(kernel, dtype)),
  ),
  ...keysOf(reduceKernels).map((kernel) =>
    isDefined(`reduce ${kernel}`, (dtype) => reduceCalls(kernel, dtype)),
  ),
  ...keysOf(rowKernels).map((kernel) =>
    isDefined(`mapRows ${kernel}`, (dtype) => mapRowsCalls(kernel, dtype), floatDTypes),
  ),
  isDefined('matMul', matMulCalls),
  ...convKernels.map((kernel) =>
    isDefined(kernel, (dtype) => convolutionCalls(kernel, dtype, { maxKernel: 3, maxStep: 2 })),
  ),
  ...poolKernels.map((kernel) => isDefined(kernel, (dtype) => poolingCalls(kernel, dtype))),
];

function isDefined(
  kernel: string,
  calls: (dtype: DType) => fc.Arbitrary<KernelCall>,
  types: readonly DType[] = dtypes,
): Law {
  return {
    title: `computes ${kernel} as defined, for every element type`,
    check(backend, options = {}) {
      for (const dtype of types) {
        forAll(calls(dtype), options, (call) => checkCall(backend, call, options));
      }
    },
  };
}

function keysOf<K extends string>(record: Readonly<Record<K, true>>): K[] {
  return Object.keys(record) as K[];
}

/** The contract of `Backend`, as laws; each can be a test of its own. */
export const backendLaws: readonly Law[] = [
  allocationLaw,
  ...definitionLaws,
  ...memoryLaws,
  ...matMulLaws,
  ...convolutionLaws,
  ...convolutionSymmetries,
  ...poolingLaws,
  ...notFiniteLaws,
];

/**
 * Checks an engine against the whole contract.
 * @throws Error that names the law that does not hold, with the smallest case found.
 */
export function checkBackend(backend: Backend, options: CheckOptions = {}): void {
  for (const { title, check } of backendLaws) {
    try {
      check(backend, options);
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`${backend.name} breaks "${title}": ${message}`, { cause: error });
    }
  }
}
