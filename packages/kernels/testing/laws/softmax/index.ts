import { givingTensors } from '../givingTensors';
import { gradientLaws } from './gradientLaws';
import type { SoftmaxImplementation } from './implementation';
import { logarithmLaws } from './logarithmLaws';
import { probabilityLaws } from './probabilityLaws';
import { rowLaws } from './rowLaws';

export * from './implementation';

/** What every softmax and every logarithm of one obeys, and their gradients. */
export const softmaxLaws = givingTensors<SoftmaxImplementation>(
  {
    softmax: 'tensor',
    logSoftmax: 'tensor',
    softmaxGradient: 'tensor',
    logSoftmaxGradient: 'tensor',
  },
  [...probabilityLaws, ...rowLaws, ...logarithmLaws, ...gradientLaws],
);
