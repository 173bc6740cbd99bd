import { batches, splitRows } from '@gradus/data';
import { OptionError, Random, type Tensor } from '@gradus/tensor';
import type { Callback, TrainingContext } from './callbacks';
import { MeanLogs, type Logs } from './logs';
import { nextTurn } from './nextTurn';
import type { Trainable } from './trainable';

/** How to train; Keras's names and defaults. */
export interface FitOptions {
  /** Samples in each step. Default 32. */
  readonly batchSize?: number;
  /** The number of the epoch before which to end: epochs initialEpoch to epochs - 1. Default 1. */
  readonly epochs?: number;
  /** The number of the first epoch, to go on where a training ended. Default 0. */
  readonly initialEpoch?: number;
  /** Part of the samples, the last ones before any shuffling, to validate on; 0 to below 1. */
  readonly validationSplit?: number;
  /** Samples and targets to validate on, instead of a split. */
  readonly validationData?: readonly [x: Tensor, y: Tensor];
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** Drives the shuffling. Default 0. */
  readonly seed?: number;
  readonly callbacks?: readonly Callback[];
}

/** What a training went through. */
export interface History {
  /** The numbers of the epochs. */
  readonly epoch: readonly number[];
  /** For `loss` and each metric and, with validation, `val_loss` and so on: one number an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Whether a callback called `stop()`. */
  readonly stopped: boolean;
}

interface Samples {
  readonly x: Tensor;
  readonly y: Tensor;
}

/**
 * Trains any model batch by batch; `Model.fit` checks its data, then does this.
 * @throws OptionError if an option is out of its range.
 */
export async function fit(
  model: Trainable,
  data: Samples,
  options: FitOptions = {},
): Promise<History> {
  const { batchSize = 32, epochs = 1, initialEpoch = 0, shuffle = true, seed = 0 } = options;
  checkCount('batchSize', batchSize, 1);
  checkCount('epochs', epochs, 1);
  checkCount('initialEpoch', initialEpoch, 0);
  const { training, validation } = divide(data, options);
  const samples = training.x.shape[0]!;
  let stopped = false;
  const context: TrainingContext = {
    model,
    epochs,
    steps: Math.ceil(samples / batchSize),
    samples,
    stop: () => (stopped = true),
  };
  const callbacks = options.callbacks ?? [];
  const records: { epoch: number; logs: Logs }[] = [];
  const random = new Random(seed).split('shuffle');
  for (const callback of callbacks) await callback.onTrainBegin?.(context);
  for (let epoch = initialEpoch; epoch < epochs && !stopped; epoch++) {
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, context);
    const order = shuffle ? { order: random.split(epoch).permutation(samples) } : {};
    const mean = new MeanLogs();
    let batch = 0;
    for (const [x, y] of batches([training.x, training.y], { batchSize, ...order })) {
      for (const callback of callbacks) await callback.onBatchBegin?.(batch, context);
      mean.add(model.trainStep(x!, y!), x!.shape[0]!);
      const soFar = mean.value;
      for (const callback of callbacks) await callback.onBatchEnd?.(batch, soFar, context);
      batch += 1;
      await nextTurn();
      if (stopped) break;
    }
    const logs = { ...mean.value, ...validationLogs(model, validation, batchSize) };
    records.push({ epoch, logs });
    for (const callback of callbacks) await callback.onEpochEnd?.(epoch, logs, context);
  }
  for (const callback of callbacks) await callback.onTrainEnd?.(context);
  return { epoch: records.map(({ epoch }) => epoch), history: columns(records), stopped };
}

function divide(
  { x, y }: Samples,
  { validationSplit = 0, validationData }: FitOptions,
): { readonly training: Samples; readonly validation: Samples | undefined } {
  if (validationData !== undefined) {
    return { training: { x, y }, validation: { x: validationData[0], y: validationData[1] } };
  }
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new OptionError({
      op: 'fit',
      expected: 'validationSplit to be at least 0 and below 1',
      received: String(validationSplit),
    });
  }
  if (validationSplit === 0) return { training: { x, y }, validation: undefined };
  const [trainX, testX] = splitRows(x, validationSplit);
  const [trainY, testY] = splitRows(y, validationSplit);
  return { training: { x: trainX, y: trainY }, validation: { x: testX, y: testY } };
}

function validationLogs(
  model: Trainable,
  validation: Samples | undefined,
  batchSize: number,
): Logs {
  if (validation === undefined) return {};
  const { x, y } = validation;
  const logs = model.measure(x, y, { batchSize });
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
