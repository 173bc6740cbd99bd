import { OptionError } from '@gradus/tensor';
import type { TrainedModel } from './callback';

/**
 * The optimizer of a model, whose rate a callback changes.
 * @throws OptionError if the model has none.
 */
export function optimizerOf(op: string, model: TrainedModel): { learningRate: number } {
  if (model.optimizer !== undefined) return model.optimizer;
  throw new OptionError({
    op,
    expected: 'a model with an optimizer, whose learning rate can be set',
    received: 'one without',
  });
}
