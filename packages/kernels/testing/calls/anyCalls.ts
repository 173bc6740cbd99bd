import type { FloatDType } from '@gradus/tensor';
import fc from 'fast-check';
import { convKernels, convolutionCalls } from './convolutionCalls';
import { epilogueCalls, pooledGradientCalls, unpoolCalls } from './epilogueCalls';
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
import { matMulEpilogueCalls } from './matMulEpilogueCalls';
import { normalizationCalls, normalizationKernels } from './normalizationCalls';
import { poolingCalls, poolKernels } from './poolingCalls';
import { argReduceCalls, cumulativeSumCalls } from './scanCalls';
import { updateCalls, updateKernels } from './updateCalls';

/** Numbers that careless kernels get wrong: not finite, -0, below the normal range, far apart. */
export const specialNumbers: readonly number[] = [
  ...[NaN, Infinity, -Infinity, -0],
  ...[2 ** -149, -(2 ** -130), 2 ** -126],
  ...[2 ** 30, -(2 ** 30), 2 ** -30],
];

/**
 * Legal calls of every kernel with whatever a contract allows: no elements at all, one pixel, kernels
 * larger than the image, strides larger than the kernel, sizes beside the multiples of vectors and
 * tiles, every kind of view, and special numbers.
 */
export function anyCalls(
  specials: readonly number[] = specialNumbers,
  dtype: FloatDType = 'float32',
): fc.Arbitrary<KernelCall> {
  const options = { specials };
  const convolution = { specials, minSize: 0, maxStep: 4 } as const;
  const alternatives = [
    copyCalls(dtype, dtype),
    fc.oneof(...unaryKernels.map((kernel) => mapCalls(kernel, dtype, options))),
    fc.oneof(...binaryKernels.map((kernel) => zipCalls(kernel, dtype, options))),
    fc.oneof(...compareKernels.map((kernel) => compareCalls(kernel, dtype, options))),
    whereCalls(dtype, options),
    fc.oneof(...reduceKernels.map((kernel) => reduceCalls(kernel, dtype, options))),
    fc.oneof(...argKernels.map((kernel) => argReduceCalls(kernel, dtype, options))),
    cumulativeSumCalls(dtype, options),
    gatherCalls(dtype, options),
    scatterAddCalls(dtype, options),
    fc.oneof(...rowKernels.map((kernel) => mapRowsCalls(kernel, dtype, options))),
    fc.oneof(...updateKernels.map((kernel) => updateCalls(kernel, dtype, options))),
    matMulCalls(dtype, options),
    matMulCalls(dtype, { specials, maxSize: 35 }),
    matMulEpilogueCalls(dtype, options),
    ...convKernels.flatMap((kernel) => [
      convolutionCalls(kernel, dtype, { ...convolution, maxKernel: 5 }),
      convolutionCalls(kernel, dtype, { ...convolution, maxKernel: 3, maxChannels: 10 }),
    ]),
    epilogueCalls(dtype, options),
    unpoolCalls(dtype, options),
    pooledGradientCalls('conv2dPooledParameterGradient', dtype, options),
    pooledGradientCalls('conv2dPooledInputGradient', dtype, options),
    fc
      .oneof(...normalizationKernels.map((kernel) => normalizationCalls(kernel, dtype)))
      .map((call) => ({ ...call, ownNumbers: true })),
    ...poolKernels.map((kernel) => poolingCalls(kernel, dtype, { specials, minChannels: 0 })),
  ];
  return fc.oneof(...alternatives);
}
