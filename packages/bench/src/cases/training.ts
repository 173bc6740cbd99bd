import type { NetworkName } from '../data/networks';
import type { SpeedCase } from './case';

/** Steps of training, and one prediction. */
export const training: readonly SpeedCase[] = [
  step('MNIST CNN training, batch 32', 'mnistCnn', { batch: 32, goal: 20 }),
  step('MNIST CNN training, batch 128', 'mnistCnn', { batch: 128, goal: 20 }),
  {
    ...step('MNIST CNN inference, batch 32', 'mnistCnn', { batch: 32, goal: 3 }),
    task: { kind: 'inference', network: 'mnistCnn', batch: 32 },
  },
  step('learn a 3x3 filter, 8 of 128x128', 'filter3', { batch: 8, goal: 10 }),
  step('learn a 32x32 filter, 8 of 128x128', 'filter32', { batch: 8, goal: 15 }),
  step('LeNet-5 training, batch 32', 'lenet5', { batch: 32, goal: 8 }),
  step('residual chain training, batch 16', 'residualChain', { batch: 16, goal: 6 }),
];

function step(
  name: string,
  network: NetworkName,
  { batch, goal }: { readonly batch: number; readonly goal: number },
): SpeedCase {
  return {
    suite: 'training',
    name,
    unit: 'images/s',
    goal,
    measure: 'speed',
    task: { kind: 'training', network, batch },
    work: batch,
    tolerance: 1e-4,
  };
}
