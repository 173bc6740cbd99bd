import type { Variable } from '@gradus/autodiff';
import type { Value } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';
import type { Logs } from './logs';
import type { Meter } from './meter';
import type { Progress } from './progress';
import type { Samples } from './samples';

/** What a step of training takes besides samples and targets. */
export interface StepOptions {
  /** How much each sample counts in the loss, [batch]. Default 1. */
  readonly sampleWeight?: Tensor | undefined;
  /** What takes in the loss and the metrics; default a new one. */
  readonly meter?: Meter | undefined;
}

/** What measuring takes besides samples and targets. */
export interface MeasureOptions {
  /** How many samples to compute at once. Default 32. */
  readonly batchSize?: number;
  /** How much each sample counts in the loss, [samples]. Default 1. */
  readonly sampleWeight?: Tensor | undefined;
}

/** What the training loop and its callbacks need of a model. */
export interface Trainable {
  readonly variables: readonly Variable[];
  /** How far its training has got; `fit` keeps it up to date. */
  progress?: Progress | undefined;
  /** The variable of a name, or of the end of one. */
  weight(name: string): Variable;
  /** For all batches of an epoch together. */
  startMeter(): Meter;
  /** Makes one optimizer step on a batch; returns what the meter then says, of the time before it. */
  trainStep(x: Value, y: Value, options?: StepOptions): Logs;
  /** The means over all samples of `loss` and metrics, by name. */
  measure(x: Value, y: Value, options?: MeasureOptions): Logs;
  /** The same over the samples of batches that may come one by one; events get their turn between them. */
  measureBatches?(batches: Iterable<Samples> | AsyncIterable<Samples>): Promise<Logs>;
  /** The results for all samples. */
  predict(x: Value, options?: { readonly batchSize?: number }): Value;
}
