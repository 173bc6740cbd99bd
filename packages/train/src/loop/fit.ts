import type { Value } from '@gradus/layers';
import { OptionError, Random, type Tensor } from '@gradus/tensor';
import { defaultOutput, progressBar, type Callback, type TrainingContext } from '../callbacks';
import type { Logs } from './logs';
import { nextTurn } from './nextTurn';
import { checkChoice, checkLists } from '../optionChecks';
import type { Progress } from './progress';
import { countSamples, inBatches, splitSamples, type Samples } from './samples';
import { sampleWeightsOf, type SampleWeightOptions } from './sampleWeights';
import type { Trainable } from './trainable';

/** How to train; Keras's names and defaults. */
export interface FitOptions<
  In extends Value = Tensor,
  Target extends Value = Tensor,
> extends SampleWeightOptions {
  /** Samples in each step. Default 32. */
  readonly batchSize?: number;
  /** The number of the epoch before which to end: epochs initialEpoch to epochs - 1. Default 1. */
  readonly epochs?: number;
  /** The number of the first epoch, to go on where a training ended. Default 0. */
  readonly initialEpoch?: number;
  /**
   * Whether to go on where the model's training stopped, be it in the midst of an epoch: then `epochs`
   * counts all from the very first, and all other options are to be what they were. Default false.
   */
  readonly resume?: boolean;
  /** Part of the samples, the last ones before any shuffling, to validate on; 0 to below 1. */
  readonly validationSplit?: number;
  /** Samples and targets to validate on, instead of a split, and how much each sample counts. */
  readonly validationData?: readonly [x: In, y: Target, sampleWeight?: Samples['weights']];
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** Drives the shuffling. Default 0. */
  readonly seed?: number;
  readonly callbacks?: readonly Callback[];
  /** 1 shows a progress bar, 2 a line for each epoch. Default 0: nothing. */
  readonly verbose?: 0 | 1 | 2;
  /** Stops the training after the present step when it is aborted, like a callback's `stop()`. */
  readonly signal?: AbortSignal;
}

type AnyFitOptions = FitOptions<Value, Value>;

/** What a training went through. */
export interface History {
  /** The numbers of the epochs. */
  readonly epoch: readonly number[];
  /** For `loss` and each metric and, with validation, `val_loss` and so on: one number an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}

/**
 * Trains any model batch by batch; `Model.fit` checks its data, then does this.
 * @throws OptionError if an option is out of its range.
 */
export async function fit(
  model: Trainable,
  data: Samples,
  options: AnyFitOptions = {},
): Promise<History> {
  const { batchSize = 32, epochs = 1, verbose = 0, signal } = options;
  const { callbacks: given = [] } = options;
  checkLists('fit', { callbacks: given });
  const callbacks = [...shownBy(verbose), ...given];
  const { training, validation } = divide(data, options);
  const start = startOf(model, options);
  const samples = countSamples(training.x);
  const order = orders(samples, options);
  const steps = Math.ceil(samples / batchSize);
  let stopped = false;
  const stop = (): void => void (stopped = true);
  const context: TrainingContext = { model, epochs, steps, samples, stop };
  const records: { epoch: number; logs: Logs }[] = [];
  for (const callback of callbacks) await callback.onTrainBegin?.(context);
  for (let { epoch, batch } = start; epoch < epochs && !stopped; epoch++, batch = 0) {
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, context);
    const meter = model.startMeter();
    const rows = order(epoch).subarray(batch * batchSize);
    for (const { x, y, weights } of inBatches(training, { batchSize, order: rows })) {
      for (const callback of callbacks) await callback.onBatchBegin?.(batch, context);
      const soFar = model.trainStep(x, y, { sampleWeight: weights, meter });
      batch += 1;
      model.progress = batch < steps ? { epoch, batch } : { epoch: epoch + 1, batch: 0 };
      for (const callback of callbacks) await callback.onBatchEnd?.(batch - 1, soFar, context);
      await nextTurn();
      if (signal?.aborted === true) stop();
      if (stopped) break;
    }
    const logs = { ...meter.logs, ...validationLogs(model, validation, batchSize) };
    records.push({ epoch, logs });
    for (const callback of callbacks) await callback.onEpochEnd?.(epoch, logs, context);
  }
  for (const callback of callbacks) await callback.onTrainEnd?.(context);
  return { epoch: records.map(({ epoch }) => epoch), history: columns(records), stopped };
}

/** What shows how far the training is. */
function shownBy(verbose: 0 | 1 | 2): readonly Callback[] {
  checkChoice('fit', { verbose }, [0, 1, 2]);
  if (verbose === 0) return [];
  const output = defaultOutput();
  const lines = { write: (text: string) => output.write(text) };
  return [progressBar({ output: verbose === 1 ? output : lines })];
}

/** Where to begin. */
function startOf(
  model: Trainable,
  { batchSize = 32, epochs = 1, initialEpoch = 0, resume = false }: AnyFitOptions,
): Progress {
  checkCount('batchSize', batchSize, 1);
  checkCount('epochs', epochs, 1);
  checkCount('initialEpoch', initialEpoch, 0);
  return (resume ? model.progress : undefined) ?? { epoch: initialEpoch, batch: 0 };
}

/** The order in which each epoch takes the samples. */
function orders(
  samples: number,
  { shuffle = true, seed = 0 }: AnyFitOptions,
): (epoch: number) => Int32Array {
  const random = new Random(seed).split('shuffle');
  const asTheyCome = Int32Array.from({ length: samples }, (_, i) => i);
  return (epoch) => (shuffle ? random.split(epoch).permutation(samples) : asTheyCome);
}

function divide(
  data: Samples,
  { validationSplit = 0, validationData }: AnyFitOptions,
): { readonly training: Samples; readonly validation: Samples | undefined } {
  if (validationData !== undefined) {
    const [x, y, sampleWeight] = validationData;
    const weights = sampleWeightsOf('fit validationData', y, { sampleWeight });
    return { training: data, validation: { x, y, weights } };
  }
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new OptionError({
      op: 'fit',
      expected: 'validationSplit to be at least 0 and below 1',
      received: String(validationSplit),
    });
  }
  if (validationSplit === 0) return { training: data, validation: undefined };
  const [training, validation] = splitSamples(data, validationSplit);
  return { training, validation };
}

function validationLogs(
  model: Trainable,
  validation: Samples | undefined,
  batchSize: number,
): Logs {
  if (validation === undefined) return {};
  const { x, y, weights } = validation;
  const counted = weights === undefined ? {} : { sampleWeight: weights };
  const logs = model.measure(x, y, { batchSize, ...counted });
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}

function checkCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new OptionError({
    op: 'fit',
    expected: `${name} to be a whole number of at least ${least}`,
    received: String(value),
  });
}

function columns(
  records: readonly { readonly logs: Logs }[],
): Readonly<Record<string, readonly number[]>> {
  const names = Object.keys(records[0]?.logs ?? {});
  return Object.fromEntries(names.map((name) => [name, records.map(({ logs }) => logs[name]!)]));
}
