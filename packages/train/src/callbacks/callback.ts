import type { Tensor } from '@gradus/tensor';
import type { Logs } from '../loop/logs';
import type { Trainable } from '../loop/trainable';

/** Is shown the gradients of a step by the names of the weights; they can be read only then. */
export type GradientListener = (gradients: ReadonlyMap<string, Tensor>) => void;

/** A model as callbacks find it: what only some of them need, it may lack. */
export interface TrainedModel extends Trainable {
  /** Whose rate schedulers change: to set it replaces a schedule by that number. */
  readonly optimizer?: { learningRate: number } | undefined;
  /** Writes the model to a file, whole or not at all. */
  save?(path: string): Promise<void>;
  /** Has gradients shown after each step, until the function that it returns is called. */
  observeGradients?(listener: GradientListener): () => void;
}

/** The training that a callback looks at. */
export interface TrainingContext {
  readonly model: TrainedModel;
  /** The number of the epoch before which training ends. */
  readonly epochs: number;
  /** Batches in an epoch. */
  readonly steps: number;
  /** Samples trained on in an epoch. */
  readonly samples: number;
  /** Ends the training after the present batch; validation and history stay complete. */
  stop(): void;
}

/** What to do during training; every function is optional, and training waits for promises. */
export interface Callback {
  onTrainBegin?(context: TrainingContext): void | Promise<void>;
  onTrainEnd?(context: TrainingContext): void | Promise<void>;
  /** @param epoch counts from 0. */
  onEpochBegin?(epoch: number, context: TrainingContext): void | Promise<void>;
  /** @param logs means over the epoch: `loss` and metrics, and `val_loss` and so on in validation. */
  onEpochEnd?(epoch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
  /** @param batch counts from 0 in each epoch. */
  onBatchBegin?(batch: number, context: TrainingContext): void | Promise<void>;
  /** @param logs the means over this epoch's batches so far, as Keras gives them. */
  onBatchEnd?(batch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
}
