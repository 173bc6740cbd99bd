import { givingTensors } from '../givingTensors';
import { averageLaws } from './averageLaws';
import { definitionLaws } from './definitionLaws';
import { gradientLaws } from './gradientLaws';
import type { PoolingImplementation } from './implementation';
import { maxLaws } from './maxLaws';
import { symmetryLaws } from './symmetryLaws';

export * from './implementation';

/** What every max pooling and every average pooling obeys, and their gradients. */
export const poolingLaws = givingTensors<PoolingImplementation>(
  {
    maxPool2d: 'tensor',
    averagePool2d: 'tensor',
    maxPool2dInputGradient: 'tensor',
    averagePool2dInputGradient: 'tensor',
    takeAtMaxima: 'tensor',
    conv2d: 'tensor',
  },
  [...definitionLaws, ...maxLaws, ...averageLaws, ...symmetryLaws, ...gradientLaws],
);
