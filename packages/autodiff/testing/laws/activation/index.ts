import type { Law } from '@gradus/tensor/testing';
import type { ActivationImplementation } from './implementation';
import { slopeLaws } from './slopeLaws';
import { valueLaws } from './valueLaws';

export * from './activationOf';
export * from './activationProperties';
export * from './implementation';

/** What activations obey, as far as it is claimed of them, and their slopes. */
export const activationLaws: readonly Law<ActivationImplementation>[] = [
  ...valueLaws,
  ...slopeLaws,
];
