import { givingTensors } from '../givingTensors';
import { gradientLaws } from './gradientLaws';
import type { NormalizationImplementation } from './implementation';
import { invarianceLaws } from './invarianceLaws';
import { outputLaws } from './outputLaws';

export * from './implementation';
export * from './sharing';

/** What every normalisation obeys, whichever numbers it takes together, and its gradients. */
export const normalizationLaws = givingTensors<NormalizationImplementation>(
  { normalize: 'tensor', inputGradient: 'tensor', parameterGradient: ['gamma', 'beta'] },
  [...outputLaws, ...invarianceLaws, ...gradientLaws],
);
