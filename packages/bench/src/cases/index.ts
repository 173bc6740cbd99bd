import type { Case } from './case';
import { elementwise } from './elementwise';
import { kernels } from './kernels';
import { training } from './training';

const trainingStack = ['tensor', 'kernels', 'autodiff', 'layers', 'optimizers', 'io', 'data'];

/** Every benchmark, in the order in which they are run. */
export const cases: readonly Case[] = [
  ...kernels,
  ...training,
  ...elementwise,
  {
    suite: 'startup',
    name: 'start to first product',
    unit: 's',
    goal: 1,
    // ConvNetJS is quicker: one small file in plain JavaScript.
    against: 'jax-js',
    measure: 'startup',
    // Tensors and operations, as the peers' packages are; without layers, data sets and pictures.
    packages: ['@gradus/tensor', '@gradus/autodiff'],
  },
  {
    suite: 'startup',
    name: 'the same with all of gradus',
    unit: 's',
    against: 'jax-js',
    measure: 'startup',
    packages: ['gradus'],
  },
  {
    suite: 'memory',
    name: 'peak memory in MNIST training, batch 128',
    unit: 'MiB',
    measure: 'memory',
    task: { kind: 'training', network: 'mnistCnn', batch: 128 },
    runs: 50,
  },
  {
    suite: 'memory',
    name: 'installed size of tensor to train',
    unit: 'MB',
    measure: 'size',
    packages: [...trainingStack, 'train'].map((name) => `@gradus/${name}`),
  },
  {
    suite: 'memory',
    name: 'installed size of gradus',
    unit: 'MB',
    measure: 'size',
    packages: ['gradus'],
  },
];
