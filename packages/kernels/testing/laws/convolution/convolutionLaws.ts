import { givingTensors } from '../givingTensors';
import { adjointLaws } from './adjointLaws';
import { algorithmLaws } from './algorithmLaws';
import { compositionLaws } from './compositionLaws';
import type { ConvolutionImplementation } from './implementation';
import { purityLaws } from './purityLaws';
import { settingsLaws } from './settingsLaws';
import { symmetryLaws } from './symmetryLaws';

/** What every right convolution obeys, and its gradients if it has them. */
export const convolutionLaws = givingTensors<ConvolutionImplementation>(
  { conv2d: 'tensor', inputGradient: 'tensor', filterGradient: 'tensor' },
  [
    ...purityLaws,
    ...algorithmLaws,
    ...compositionLaws,
    ...settingsLaws,
    ...symmetryLaws,
    ...adjointLaws,
  ],
);
