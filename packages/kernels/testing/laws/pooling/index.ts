import type { Law } from '@gradus/tensor/testing';
import { averageLaws } from './averageLaws';
import { definitionLaws } from './definitionLaws';
import { gradientLaws } from './gradientLaws';
import type { PoolingImplementation } from './implementation';
import { maxLaws } from './maxLaws';
import { symmetryLaws } from './symmetryLaws';

export * from './implementation';

/** What every max pooling and every average pooling obeys, and their gradients. */
export const poolingLaws: readonly Law<PoolingImplementation>[] = [
  ...definitionLaws,
  ...maxLaws,
  ...averageLaws,
  ...symmetryLaws,
  ...gradientLaws,
];
