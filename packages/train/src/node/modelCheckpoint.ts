import { OptionError } from '@gradus/tensor';
import {
  modelCheckpoint as checkpoint,
  type Callback,
  type ModelCheckpointOptions,
} from '../callbacks';
import { Model } from '../model/model';
import type { EncodeModelOptions } from '../saving';
import { saveModel } from './modelFile';

/** Options of `modelCheckpoint`: those of the callback, and what to save. */
export interface ModelFileCheckpointOptions
  extends Omit<ModelCheckpointOptions, 'save'>, EncodeModelOptions {}

/**
 * Saves the model to files as training goes on, by `saveModel`; after each epoch, also that in which
 * training is stopped, so that it can be resumed from there.
 * @throws what `modelCheckpoint` of the package itself and `saveModel` throw; OptionError, when it is to
 *   save, if what is trained is no `Model`.
 */
export function modelCheckpoint({
  includeOptimizer = true,
  functions = {},
  ...options
}: ModelFileCheckpointOptions): Callback {
  return checkpoint({
    ...options,
    save(model, path) {
      if (model instanceof Model) return saveModel(model, path, { includeOptimizer, functions });
      throw new OptionError({
        op: 'modelCheckpoint',
        expected: 'a Model to be saved',
        received: 'something else that can be trained',
      });
    },
  });
}
