import { dtypes, type DType } from '@gradus/tensor';
import { defineLaw, inCode, toCode, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Backend } from '../../src/index';
import { checkCall, engineTolerances } from '../calls/checkCall';
import { convKernels, convolutionCalls } from '../calls/convolutionCalls';
import {
  epilogueCalls,
  pooledGradientCalls,
  unpoolCalls,
  type PooledGradient,
} from '../calls/epilogueCalls';
import { gatherCalls, scatterAddCalls } from '../calls/gatherCalls';
import type { KernelCall } from '../calls/kernelCall';
import {
  compareCalls,
  copyCalls,
  mapCalls,
  mapRowsCalls,
  matMulCalls,
  reduceCalls,
  whereCalls,
  zipCalls,
} from '../calls/kernelCalls';
import {
  argKernels,
  binaryKernels,
  compareKernels,
  reduceKernels,
  rowKernels,
  unaryKernels,
} from '../calls/kernelNames';
import { matMulEpilogueCalls } from '../calls/matMulEpilogueCalls';
import { normalizationCalls, normalizationKernels } from '../calls/normalizationCalls';
import { poolingCalls, poolKernels } from '../calls/poolingCalls';
import { argReduceCalls, cumulativeSumCalls } from '../calls/scanCalls';
import { inKebabCase } from './kebabCase';

const floatDTypes: readonly DType[] = ['float32', 'float64'];
const pooledGradients: readonly PooledGradient[] = [
  'conv2dPooledParameterGradient',
  'conv2dPooledInputGradient',
];

/** For each kernel, that it is what `reference` says, for every element type. */
export const definitionLaws: readonly Law<Backend>[] = [
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
): Law<Backend> {
  return defineLaw({
    name: `engine/${inKebabCase(kernel)}`,
    statement: `${kernel} gives what its definition, the engine \`reference\`, gives in float64.`,
    source: 'the interface `Backend`, and the plain sums of packages/kernels/src/reference',
    domain:
      `${types.join(', ')}; arguments in any layout, also without elements, and results within ` +
      'larger arrays, in ordinary arrays and in memory of the engine',
    tolerance: engineTolerances,
    casesPerRun: types.length,
    cases: () => fc.constantFrom(...types).chain((dtype) => printedCalls(calls(dtype))),
    holds: (backend, { call }) => checkCall(backend, call),
  });
}

/** Calls that failures print without the function that makes them. */
export function printedCalls(
  calls: fc.Arbitrary<KernelCall>,
): fc.Arbitrary<{ readonly call: KernelCall }> {
  return calls.map(({ kernel, inputs, out, ...rest }) => ({
    call: { kernel, inputs, out, ...rest, [toCode]: () => inCode({ kernel, inputs, out }) },
  }));
}
