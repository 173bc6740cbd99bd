import type { Callback } from '../callbacks';
import type { Logs } from './logs';
import type { Meter } from './meter';
import {
  PastProgress,
  type EndEvent,
  type EpochRecord,
  type Progress,
  type SavedCallback,
  type TrainingMemory,
} from './progress';
import type { Source } from './source';

/**
 * The progress of a training that runs. A callback may save the model at any time, also when those after
 * it have not been told yet what it was told: so this keeps who was. What is to be saved is put together
 * only when it is asked for.
 */
export class RunningProgress implements Progress {
  epoch: number;
  batch: number;
  /** What measures the present epoch. */
  meter: Meter | undefined;
  /** What each epoch so far came to, from the very first. */
  readonly records: EpochRecord[];
  private event: EndEvent | undefined;
  /** How many of the callbacks were told of the event. */
  private told = 0;

  constructor(
    private readonly callbacks: readonly Callback[],
    start: Progress,
    private readonly source: Pick<Source, 'steps'>,
  ) {
    this.epoch = start.epoch;
    this.batch = start.batch;
    this.records = [...(start.memory?.().records ?? [])];
  }

  /** The callbacks in their order, each to be told of the end of a batch or epoch. */
  *telling(event: EndEvent): Generator<Callback, void, undefined> {
    this.event = event;
    for (this.told = 1; this.told <= this.callbacks.length; this.told++) {
      yield this.callbacks[this.told - 1]!;
    }
    this.event = undefined;
  }

  /** The present epoch is whole. */
  endEpoch(logs: Logs): void {
    this.records.push({ epoch: this.epoch, logs });
    this.epoch += 1;
    this.batch = 0;
  }

  memory(): TrainingMemory {
    const { event, told, batch, meter } = this;
    return {
      records: [...this.records],
      steps: this.source.steps,
      meter: batch === 0 ? undefined : meter?.state,
      callbacks: this.callbacks.flatMap((callback, i): readonly SavedCallback[] => {
        const { kind } = callback;
        if (kind === undefined || callback.state === undefined) return [];
        const behind = event !== undefined && i >= told;
        return [{ kind, behind, state: callback.state() }];
      }),
      event,
    };
  }

  /** As it is now, whatever the callbacks are used for later. */
  settled(): PastProgress {
    return new PastProgress(this.epoch, this.batch, this.memory());
  }
}
