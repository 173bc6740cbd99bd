import type { Tensor } from '@gradus/tensor';
import type { Logs } from '../loop/logs';
import type { Trainable } from '../loop/trainable';
import type { CallbackState } from './callbackState';

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
  /** Batches in an epoch; unknown in the first one of a dataset that does not say. */
  readonly steps: number | undefined;
  /** Samples trained on in an epoch; unknown like the batches. */
  readonly samples: number | undefined;
  /**
   * Whether the present epoch was stopped before its last batch. A resumed training ends it again, whole:
   * who counts epochs leaves this one out.
   */
  readonly cutShort: boolean;
  /** Ends the training after the present batch; validation and history stay complete. */
  stop(): void;
}

/** What a callback is told; every function is optional, and training waits for promises. */
export interface CallbackEvents {
  onTrainBegin?(context: TrainingContext): void | Promise<void>;
  onTrainEnd?(context: TrainingContext): void | Promise<void>;
  /** @param epoch counts from 0; one that is resumed in its midst is begun again. */
  onEpochBegin?(epoch: number, context: TrainingContext): void | Promise<void>;
  /** @param logs means over the epoch: `loss` and metrics, and `val_loss` and so on in validation. */
  onEpochEnd?(epoch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
  /** @param batch counts from 0 in each epoch. */
  onBatchBegin?(batch: number, context: TrainingContext): void | Promise<void>;
  /** @param logs the means over this epoch's batches so far, as Keras gives them. */
  onBatchEnd?(batch: number, logs: Logs, context: TrainingContext): void | Promise<void>;
}

/** What to do during training; and, if that depends on what was before, how it is saved. */
export interface Callback extends CallbackEvents {
  /** What it is, such as 'earlyStopping': so a resumed training knows whose a saved state is. */
  readonly kind?: string;
  /** What it remembers, to be saved with the model; nothing if that is undefined. Needs `kind`. */
  state?(): CallbackState | undefined;
  /**
   * Takes up what `state` gave, when a training is resumed: after `onTrainBegin`, before all else.
   * @throws OptionError if the state is of a callback with other options.
   */
  restore?(state: CallbackState, context: TrainingContext): void | Promise<void>;
}
