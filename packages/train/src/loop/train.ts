import { OptionError } from '@gradus/tensor';
import type { Callback, TrainingContext } from '../callbacks';
import { checkCallbacks, rememberedBy, restoreCallbacks } from './callbackStates';
import type { History } from './fitOptions';
import type { Logs } from './logs';
import type { Meter } from './meter';
import { nextTurn } from './nextTurn';
import { checkResumed, type EpochRecord, type Progress } from './progress';
import { RunningProgress } from './runningProgress';
import type { Source } from './source';
import type { Trainable } from './trainable';

/** What is trained on, and when. */
export interface Course {
  readonly source: Source;
  /** Measures the model on other samples; none without validation. */
  readonly validate?: (() => Logs | Promise<Logs>) | undefined;
  /** Where to begin; what it remembers is taken up. */
  readonly start: Progress;
  /** The number of the epoch before which to end. */
  readonly epochs: number;
  readonly callbacks: readonly Callback[];
  readonly signal?: AbortSignal | undefined;
}

/** What is trained just now. */
const inTraining = new WeakSet<Trainable>();

/**
 * The training loop: epochs of batches, and around them the callbacks.
 * @throws OptionError if the model is being trained already: their steps would mix.
 */
export async function train(model: Trainable, course: Course): Promise<History> {
  if (inTraining.has(model)) {
    throw new OptionError({
      op: 'fit',
      expected: 'a model that is not being trained',
      received: 'one that another fit is training',
      hint: 'Wait for it with await, or stop it with a signal.',
    });
  }
  inTraining.add(model);
  try {
    return await trainAlone(model, course);
  } finally {
    inTraining.delete(model);
  }
}

async function trainAlone(model: Trainable, course: Course): Promise<History> {
  const { callbacks, epochs, start, source } = course;
  checkCallbacks(callbacks);
  const memory = start.memory?.();
  const remembered = memory === undefined ? [] : rememberedBy(callbacks, memory, start);
  if (memory !== undefined) checkResumed(start, memory, source.steps);
  const run = new Run(model, course);
  const { progress, context } = run;
  // What is resumed is kept until all have taken up what they remember.
  if (memory === undefined) model.progress = progress;
  try {
    for (const callback of callbacks) await callback.onTrainBegin?.(context);
    if (memory !== undefined) await restoreCallbacks(remembered, memory, context);
    model.progress = progress;
    let meterState = memory?.meter;
    let cut: EpochRecord | undefined;
    while (progress.epoch < epochs && !run.isStopped) {
      const meter = model.startMeter();
      if (meterState !== undefined) meter.restore(meterState);
      meterState = undefined;
      cut = await run.epoch(meter);
    }
    for (const callback of callbacks) await callback.onTrainEnd?.(context);
    const records = cut === undefined ? progress.records : [...progress.records, cut];
    return historyOf(records, run.isStopped);
  } finally {
    if (model.progress === progress) model.progress = progress.settled();
    await source.close?.();
  }
}

/** One training. */
class Run {
  readonly progress: RunningProgress;
  readonly context: TrainingContext;
  private stopped = false;
  private cutShort = false;

  constructor(
    private readonly model: Trainable,
    private readonly course: Course,
  ) {
    const { source, start, callbacks, epochs } = course;
    this.progress = new RunningProgress(callbacks, start, source);
    const isCutShort = (): boolean => this.cutShort;
    this.context = {
      model,
      epochs,
      get steps() {
        return source.steps;
      },
      get samples() {
        return source.samples;
      },
      get cutShort() {
        return isCutShort();
      },
      stop: () => void (this.stopped = true),
    };
  }

  get isStopped(): boolean {
    return this.stopped || this.course.signal?.aborted === true;
  }

  /** Trains an epoch, or the rest of one; what it came to if it was stopped before its end. */
  async epoch(meter: Meter): Promise<EpochRecord | undefined> {
    const { progress, context } = this;
    const { callbacks, source, validate } = this.course;
    const { epoch } = progress;
    progress.meter = meter;
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, context);
    for await (const { x, y, weights } of source.batches(epoch, progress.batch)) {
      const { batch } = progress;
      for (const callback of callbacks) await callback.onBatchBegin?.(batch, context);
      const logs = this.model.trainStep(x, y, { sampleWeight: weights, meter });
      progress.batch += 1;
      for (const callback of progress.telling({ of: 'batch', index: batch, logs })) {
        await callback.onBatchEnd?.(batch, logs, context);
      }
      await nextTurn();
      if (this.isStopped) break;
    }
    this.cutShort = this.isStopped && progress.batch < (source.steps ?? Infinity);
    const logs = { ...meter.logs, ...(await validate?.()) };
    if (this.cutShort) {
      for (const callback of callbacks) await callback.onEpochEnd?.(epoch, logs, context);
      return { epoch, logs };
    }
    progress.endEpoch(logs);
    for (const callback of progress.telling({ of: 'epoch', index: epoch, logs })) {
      await callback.onEpochEnd?.(epoch, logs, context);
    }
    return undefined;
  }
}

function historyOf(records: readonly EpochRecord[], stopped: boolean): History {
  const names = new Set(records.flatMap(({ logs }) => Object.keys(logs)));
  const column = (name: string): number[] => records.map(({ logs }) => logs[name] ?? NaN);
  return {
    epoch: records.map(({ epoch }) => epoch),
    history: Object.fromEntries([...names].map((name) => [name, column(name)])),
    stopped,
  };
}
