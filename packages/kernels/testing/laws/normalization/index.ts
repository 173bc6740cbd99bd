import type { Law } from '@gradus/tensor/testing';
import { gradientLaws } from './gradientLaws';
import type { NormalizationImplementation } from './implementation';
import { invarianceLaws } from './invarianceLaws';
import { outputLaws } from './outputLaws';

export * from './implementation';
export * from './sharing';

/** What every normalisation obeys, whichever numbers it takes together, and its gradients. */
export const normalizationLaws: readonly Law<NormalizationImplementation>[] = [
  ...outputLaws,
  ...invarianceLaws,
  ...gradientLaws,
];
