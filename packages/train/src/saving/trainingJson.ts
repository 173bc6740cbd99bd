import type { NamedFunctions } from '@gradus/layers';
import { optimizerFromJson, type OptimizerFromJsonOptions } from '@gradus/optimizers';
import type { Compiled, Objective } from '../model/compiled';
import { lossesByName, lossFactories, type LossName } from '../losses/resolveLoss';
import type { Loss } from '../losses/loss';
import { metricFactories, metricsByName, type Metric, type MetricName } from '../metrics';
import { readFunction, saveFunction, type Vocabulary } from './savedFunctions';
import type { SavedFunction, SavedPerOutput, SavedTraining } from './savedModel';

const losses: Vocabulary = { what: 'loss', named: lossesByName, makers: lossFactories };
const metrics: Vocabulary = { what: 'metric', named: metricsByName, makers: metricFactories };

/** How a model was compiled, as JSON, without how far its training is. */
export function objectiveToJson(
  { optimizer, loss, lossWeights, metrics: measured }: Compiled['objective'],
  functions: NamedFunctions,
): Pick<SavedTraining, 'optimizer' | 'loss' | 'lossWeights' | 'metrics'> {
  const saveLoss = (one: unknown): SavedFunction => saveFunction(one, losses, functions);
  const saveList = (list: unknown): readonly SavedFunction[] =>
    (list as readonly unknown[]).map((one) => saveFunction(one, metrics, functions));
  return {
    optimizer: optimizer.config,
    loss: eachOutput(loss, saveLoss) as SavedPerOutput,
    ...(lossWeights !== undefined && { lossWeights }),
    ...(measured !== undefined && {
      metrics: Array.isArray(measured)
        ? saveList(measured)
        : (eachOutput(measured, saveList) as SavedTraining['metrics'] & object),
    }),
  };
}

/** What a model is to be compiled with. */
export function objectiveFromJson(
  saved: SavedTraining,
  functions: NamedFunctions,
  optimizers: OptimizerFromJsonOptions,
): Objective {
  const readList = (list: unknown): readonly (Metric | MetricName)[] =>
    (list as readonly SavedFunction[]).map(
      (one) => readFunction(one, metrics, functions) as Metric | MetricName,
    );
  const readLoss = (one: unknown): Loss | LossName =>
    readFunction(one as SavedFunction, losses, functions) as Loss | LossName;
  const { lossWeights, metrics: measured } = saved;
  return {
    optimizer: optimizerFromJson(saved.optimizer, optimizers),
    loss: eachOutput(saved.loss, readLoss) as Objective['loss'],
    ...(lossWeights !== undefined && { lossWeights }),
    ...(measured !== undefined && {
      metrics: (Array.isArray(measured)
        ? readList(measured)
        : eachOutput(measured, readList)) as Objective['metrics'] & object,
    }),
  };
}

/** Converts one for all outputs, or each of those in a list or by name. */
function eachOutput(given: unknown, convert: (one: unknown) => unknown): unknown {
  if (Array.isArray(given)) return given.map(convert);
  if (typeof given !== 'object' || given === null || 'kind' in given || 'function' in given) {
    return convert(given);
  }
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, convert(one)]));
}
