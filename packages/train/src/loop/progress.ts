import { OptionError } from '@gradus/tensor';
import type { CallbackState } from '../callbacks/callbackState';
import type { Logs } from './logs';
import type { MeterState } from './meter';

/** How far a training has got: what `fit` with `resume` goes on from. */
export interface Progress {
  /** The epoch that is trained next, or now. */
  readonly epoch: number;
  /** The batch of this epoch that is trained next. */
  readonly batch: number;
  /** What the training remembers; without it, history and callbacks begin anew. */
  memory?(): TrainingMemory;
}

/** What a training remembers besides the model, as it is saved. */
export interface TrainingMemory {
  /** What the logs were at the end of each epoch so far. */
  readonly records: readonly EpochRecord[];
  /** Batches in an epoch, if that is known. */
  readonly steps: number | undefined;
  /** What was measured in the present epoch so far; none before its first batch. */
  readonly meter: MeterState | undefined;
  /** In the order of the callbacks: those that say what they remember. */
  readonly callbacks: readonly SavedCallback[];
  /** What some of the callbacks were not told yet, as another one saved the model before. */
  readonly event: EndEvent | undefined;
}

/** What an epoch came to. */
export interface EpochRecord {
  readonly epoch: number;
  readonly logs: Logs;
}

/** What a callback remembers. */
export interface SavedCallback {
  readonly kind: string;
  /** Whether it was not told of `event` yet. */
  readonly behind: boolean;
  /** None if there was nothing to remember. */
  readonly state: CallbackState | undefined;
}

/** The end of a batch or of an epoch. */
export interface EndEvent {
  readonly of: 'batch' | 'epoch';
  /** The batch or epoch. */
  readonly index: number;
  readonly logs: Logs;
}

/**
 * In the midst of an epoch, batches of another size would be other samples.
 * @throws OptionError if epochs have another number of batches than before the stop.
 */
export function checkResumed(
  { batch }: Progress,
  memory: TrainingMemory,
  steps: number | undefined,
): void {
  if (batch === 0 || memory.steps === undefined || steps === undefined) return;
  if (memory.steps === steps) return;
  throw new OptionError({
    op: 'fit',
    expected: `${memory.steps} batches in an epoch, as in the training that is resumed`,
    received: String(steps),
    hint: 'Give the same data and batchSize as before.',
  });
}

/** The progress of a training that is over, or was read from a file. */
export class PastProgress implements Progress {
  readonly #memory: TrainingMemory;

  constructor(
    readonly epoch: number,
    readonly batch: number,
    memory: TrainingMemory,
  ) {
    this.#memory = memory;
  }

  memory(): TrainingMemory {
    return this.#memory;
  }
}
