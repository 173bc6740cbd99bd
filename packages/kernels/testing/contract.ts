import { dtypes, type DType } from '@gradus/tensor';
import type fc from 'fast-check';
import type { Backend } from '../src/index';
import { checkCall, type CheckOptions } from './checkCall';
import { convKernels, convolutionCalls } from './convolutionCalls';
import {
  epilogueCalls,
  pooledGradientCalls,
  unpoolCalls,
  type PooledGradient,
} from './epilogueCalls';
import { epilogueLaws } from './epilogueLaws';
import { convolutionLaws } from './convolutionLaws';
import { convolutionSymmetries } from './convolutionSymmetries';
import { gatherCalls, scatterAddCalls } from './gatherCalls';
import type { KernelCall } from './kernelCall';
import {
  compareCalls,
  copyCalls,
  mapCalls,
  mapRowsCalls,
  matMulCalls,
  reduceCalls,
  whereCalls,
  zipCalls,
} from './kernelCalls';
import {
  argKernels,
  binaryKernels,
  compareKernels,
  reduceKernels,
  rowKernels,
  unaryKernels,
} from './kernelNames';
import { forAll, type Law } from './law';
import { matMulEpilogueCalls } from './matMulEpilogueCalls';
import { matMulLaws } from './matMulLaws';
import { allocationLaw, memoryLaws } from './memoryLaws';
import { normalizationCalls, normalizationKernels } from './normalizationCalls';
import { normalizationLaws } from './normalizationLaws';
import { notFiniteLaws } from './notFiniteLaws';
import { poolingCalls, poolKernels } from './poolingCalls';
import { poolingLaws } from './poolingLaws';
import { argReduceCalls, cumulativeSumCalls } from './scanCalls';

const floatDTypes: readonly DType[] = ['float32', 'float64'];
const pooledGradients: readonly PooledGradient[] = [
  'conv2dPooledParameterGradient',
  'conv2dPooledInputGradient',
];

/** For each kernel, that it is what `reference` says, for every element type. */
const definitionLaws: readonly Law[] = [
  ...dtypes.map((to) => isDefined(`copy to ${to}`, (from) => copyCalls(from, to))),
  ...unaryKernels.map((kernel) => isDefined(`map ${kernel}`, (dtype) => mapCalls(kernel, dtype))),
  ...binaryKernels.map((kernel) => isDefined(`zip ${kernel}`, (dtype) => zipCalls(kernel, dtype))),
  ...compareKernels.map((kernel) =>
    isDefined(`compare ${kernel}`, (dtype) => compareCalls(kernel, dtype)),
  ),
  isDefined('where', whereCalls),
  ...reduceKernels.map((kernel) =>
    isDefined(`reduce ${kernel}`, (dtype) => reduceCalls(kernel, dtype)),
  ),
  ...argKernels.map((kernel) =>
    isDefined(`argReduce ${kernel}`, (dtype) => argReduceCalls(kernel, dtype)),
  ),
  isDefined('cumulativeSum', cumulativeSumCalls),
  isDefined('gather', gatherCalls),
  isDefined('scatterAdd', scatterAddCalls),
  ...rowKernels.map((kernel) =>
    isDefined(`mapRows ${kernel}`, (dtype) => mapRowsCalls(kernel, dtype), floatDTypes),
  ),
  isDefined('matMul', matMulCalls),
  isDefined('matMul with an epilogue', matMulEpilogueCalls, floatDTypes),
  ...convKernels.map((kernel) =>
    isDefined(kernel, (dtype) => convolutionCalls(kernel, dtype, { maxKernel: 3, maxStep: 2 })),
  ),
  isDefined('conv2d with an epilogue', epilogueCalls, floatDTypes),
  isDefined('unpool', unpoolCalls, floatDTypes),
  ...pooledGradients.map((kernel) =>
    isDefined(kernel, (dtype) => pooledGradientCalls(kernel, dtype), floatDTypes),
  ),
  ...poolKernels.map((kernel) => isDefined(kernel, (dtype) => poolingCalls(kernel, dtype))),
  ...normalizationKernels.map((kernel) =>
    isDefined(kernel, (dtype) => normalizationCalls(kernel, dtype), floatDTypes),
  ),
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

/** The contract of `Backend`, as laws; each can be a test of its own. */
export const backendLaws: readonly Law[] = [
  allocationLaw,
  ...definitionLaws,
  ...memoryLaws,
  ...matMulLaws,
  ...convolutionLaws,
  ...convolutionSymmetries,
  ...epilogueLaws,
  ...poolingLaws,
  ...normalizationLaws,
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
