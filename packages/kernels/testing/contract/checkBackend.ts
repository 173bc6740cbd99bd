import { checkLaws, type Law, type LawOptions } from '@gradus/tensor/testing';
import type { Backend } from '../../src/index';
import { convolutionLaws } from '../laws/convolution/convolutionLaws';
import { convolutionOf } from '../laws/convolution/implementation';
import { batchNormalizationOf, normalizationLaws } from '../laws/normalization/index';
import { poolingLaws, poolingOf } from '../laws/pooling/index';
import { softmaxLaws, softmaxOf } from '../laws/softmax/index';
import { definitionLaws } from './definitions';
import { epilogueLaws } from './epilogues';
import { matMulLaws } from './matMul';
import { allocationLaw, memoryLaws } from './memory';
import { normalizationContract } from './normalization';
import { notFiniteLaws } from './notFinite';

/** The contract of `Backend`, as laws; each can be a test of its own. */
export const backendLaws: readonly Law<Backend>[] = [
  allocationLaw,
  ...definitionLaws,
  ...memoryLaws,
  ...matMulLaws,
  ...epilogueLaws,
  ...normalizationContract,
  ...notFiniteLaws,
];

/**
 * Checks an engine against the whole contract; then its convolutions, pooling, softmax and batch
 * normalisation against the laws that these obey whoever computes them.
 * @throws Error that names each law that does not hold, with the smallest case found.
 */
export function checkBackend(backend: Backend, options: LawOptions = {}): void {
  checkLaws(backendLaws, backend, options);
  for (const dtype of ['float32', 'float64'] as const) {
    checkLaws(convolutionLaws, convolutionOf(backend, dtype), options);
    checkLaws(poolingLaws, poolingOf(backend, dtype), options);
    checkLaws(softmaxLaws, softmaxOf(backend, dtype), options);
    checkLaws(normalizationLaws, batchNormalizationOf(backend, dtype), options);
  }
}
