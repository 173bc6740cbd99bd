import { dirname } from 'node:path';
import { OptionError } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';
import {
  modelCheckpoint as checkpoint,
  type Callback,
  type ModelCheckpointOptions,
  type TrainedModel,
} from '../callbacks';
import { Model } from '../model/model';
import type { EncodeModelOptions } from '../saving';
import { checkFile, checkFolder } from './checkFile';
import { saveModel } from './modelFile';

/** Options of `modelCheckpoint`: those of the callback, and what to save. */
export interface ModelFileCheckpointOptions
  extends Omit<ModelCheckpointOptions, 'save'>, EncodeModelOptions {}

/**
 * Saves the model to files as training goes on, by `saveModel`; after each epoch, also that in which
 * training is stopped, so that it can be resumed from there.
 * @throws what `modelCheckpoint` of the package itself and `saveModel` throw; OptionError, before the first
 *   step, if what is trained is no `Model`, or the path lies in no folder.
 */
export function modelCheckpoint(given: ModelFileCheckpointOptions): Callback {
  const {
    includeOptimizer = true,
    functions = {},
    metadata = {},
    ...options
  } = optionsOf('modelCheckpoint', given);
  const what = { includeOptimizer, functions, metadata };
  const callback = checkpoint({
    ...options,
    save: (model, path) => saveModel(asModel(model), path, what),
  });
  return {
    ...callback,
    async onTrainBegin(context) {
      asModel(context.model);
      const { filepath } = options;
      const isKnown = !dirname(filepath).includes('{');
      if (isKnown) await checkFolder('modelCheckpoint', 'filepath', filepath);
      if (!filepath.includes('{')) await checkFile('modelCheckpoint', 'filepath', filepath);
      await callback.onTrainBegin?.(context);
    },
  };
}

function asModel(model: TrainedModel): Model {
  if (model instanceof Model) return model as Model;
  throw new OptionError({
    op: 'modelCheckpoint',
    expected: 'a Model to be saved',
    received: 'something else that can be trained',
  });
}
