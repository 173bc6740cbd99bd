import type { Backend } from 'gradus';
import type { TrainingTask } from '../cases/task';
import { prepareNetwork } from '../data/networks';
import type { Work } from '../harness/library';
import { filterLearning } from './filterLearning';

/** Undefined for networks whose layers Gradus does not have yet. */
export function training(backend: Backend, { network, batch }: TrainingTask): Work | undefined {
  const prepared = prepareNetwork(network, batch);
  if (prepared.network.loss === 'meanSquaredError') return filterLearning(backend, prepared);
  return undefined;
}
