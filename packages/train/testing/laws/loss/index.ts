import type { Law } from '@gradus/tensor/testing';
import { gradientLaws } from './gradientLaws';
import type { LossImplementation } from './implementation';
import { logitLaws } from './logitLaws';
import { sampleLaws } from './sampleLaws';
import { valueLaws } from './valueLaws';

export * from './implementation';
export * from './lossOf';
export * from './lossProperties';

/** What losses obey, as far as it is claimed of them, and their gradients. */
export const lossLaws: readonly Law<LossImplementation>[] = [
  ...valueLaws,
  ...sampleLaws,
  ...logitLaws,
  ...gradientLaws,
];
