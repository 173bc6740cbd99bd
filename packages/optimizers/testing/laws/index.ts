import type { Law } from '@gradus/tensor/testing';
import { adaptiveLaws } from './adaptiveLaws';
import { generalOptimizerLaws } from './generalLaws';
import type { OptimizerImplementation } from './implementation';
import { sgdLaws } from './sgdLaws';

export * from './implementation';
export { adaptiveLaws, generalOptimizerLaws, sgdLaws };

/** What every right optimizer obeys, each law as far as it is about its method. */
export const optimizerLaws: readonly Law<OptimizerImplementation>[] = [
  ...generalOptimizerLaws,
  ...sgdLaws,
  ...adaptiveLaws,
];
