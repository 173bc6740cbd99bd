import type { Callback, Model } from 'gradus';
import { sparseCategoricalCrossentropy, type Backend } from 'gradus';
import { assess } from '../classification/assess';
import type { Samples } from '../classification/imageData';
import type { Outputs } from '../classification/softmaxInto';
import { addRecord, type EpochRecord } from './epochRecord';
import { optimizers } from './optimizers';
import { schedules } from './schedules';
import type { Settings } from './settings';

/** Who is told what happens, and asked whether to go on. */
export interface TrainingEvents {
  /** @param soFar means over the steps of this epoch. */
  onStep(step: StepReport): void;
  /** Called with the records so far when an epoch is over, or stopped. */
  onEpoch(records: readonly EpochRecord[]): Promise<void>;
  readonly signal: AbortSignal;
}

/** How far a training is. */
export interface StepReport {
  /** Steps made in all epochs, and in how many there are. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly imagesPerSecond: number;
}

/** What one needs to train. */
export interface TrainingOptions {
  readonly training: Samples;
  readonly validation: Samples | undefined;
  readonly outputs: Outputs;
  readonly settings: Settings;
  /** Of the epochs before, if it goes on where it stopped. */
  readonly records: readonly EpochRecord[];
}

/** Says how a model is to be trained. */
export function compileFor(
  model: Model,
  { settings, outputs, images, engine }: CompileOptions,
): void {
  const { schedule, learningRate, epochs, optimizer } = settings;
  const steps = epochs * stepsPerEpoch(images, settings);
  model.compile({
    optimizer: optimizers[optimizer](schedules[schedule](learningRate, steps)),
    loss: sparseCategoricalCrossentropy({ fromLogits: outputs === 'logits' }),
    metrics: ['accuracy'],
    engine,
  });
}

interface CompileOptions {
  readonly settings: Settings;
  readonly outputs: Outputs;
  /** How many there are to train with. */
  readonly images: number;
  readonly engine: Backend;
}

/** How many steps an epoch has; the last one may have fewer images. */
export function stepsPerEpoch(images: number, { batchSize }: Settings): number {
  return Math.ceil(images / batchSize);
}

/**
 * Trains a compiled model to the end, or until it is stopped; one that has begun goes on.
 * @returns a record for each epoch, those before among them.
 */
export async function trainModel(
  model: Model,
  { training: { x, y }, validation, outputs, settings, records }: TrainingOptions,
  events: TrainingEvents,
): Promise<readonly EpochRecord[]> {
  const { epochs, batchSize, seed } = settings;
  const images = x.shape[0]!;
  const steps = stepsPerEpoch(images, settings);
  let all = records;
  let now = { epoch: 1, began: 0, firstBatch: 0 };
  /** Images seen in an epoch after so many steps. */
  const seenAfter = (batches: number): number => Math.min(batches * batchSize, images);
  const secondsOfEpoch = (): number => (performance.now() - now.began) / 1000;
  const recorder: Callback = {
    onEpochBegin(epoch) {
      const firstBatch = model.progress?.epoch === epoch ? model.progress.batch : 0;
      now = { epoch: epoch + 1, began: performance.now(), firstBatch };
    },
    onBatchEnd(batch, { loss, accuracy }) {
      const done = batch + 1;
      events.onStep({
        step: (now.epoch - 1) * steps + done,
        steps: epochs * steps,
        epoch: now.epoch,
        loss: loss!,
        accuracy: accuracy!,
        imagesPerSecond: (seenAfter(done) - seenAfter(now.firstBatch)) / secondsOfEpoch(),
      });
    },
    async onEpochEnd(_, { loss, accuracy }) {
      const { batch = 0 } = model.progress ?? {};
      const validated = await validate();
      all = addRecord(all, {
        epoch: now.epoch,
        images: seenAfter(batch === 0 ? steps : batch),
        loss: loss!,
        accuracy: accuracy!,
        validationLoss: validated?.loss,
        validationAccuracy: validated?.accuracy,
        seconds: secondsOfEpoch(),
      });
      await events.onEpoch(all);
    },
  };
  const validate = async () =>
    validation === undefined || events.signal.aborted
      ? undefined
      : assess(model, { ...validation, outputs, isStopped: () => events.signal.aborted });
  await model.fit(x, y, {
    epochs,
    batchSize,
    seed,
    resume: true,
    callbacks: [recorder],
    signal: events.signal,
  });
  return all;
}
