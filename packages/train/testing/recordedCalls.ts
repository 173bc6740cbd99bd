import type { CallbackEvents, Logs } from '../src/index';

/** One call of a callback: which function, of which epoch or batch, and what it was told. */
export interface RecordedCall {
  readonly name: keyof CallbackEvents;
  /** The epoch or batch; none for the whole training. */
  readonly index?: number;
  readonly logs?: Logs;
}

/** A callback that does nothing but write down how it was called. */
export interface RecordedCalls extends Required<CallbackEvents> {
  /** The calls so far, first call first. */
  readonly calls: readonly RecordedCall[];
}

/**
 * A callback that lists its calls: what a training tells, and in which order.
 * `calls.map(({ name }) => name)` is the order alone.
 */
export function recordedCalls(): RecordedCalls {
  const calls: RecordedCall[] = [];
  const record = (call: RecordedCall): void => {
    calls.push(call);
  };
  return {
    calls,
    onTrainBegin: () => record({ name: 'onTrainBegin' }),
    onTrainEnd: () => record({ name: 'onTrainEnd' }),
    onEpochBegin: (index) => record({ name: 'onEpochBegin', index }),
    onEpochEnd: (index, logs) => record({ name: 'onEpochEnd', index, logs }),
    onBatchBegin: (index) => record({ name: 'onBatchBegin', index }),
    onBatchEnd: (index, logs) => record({ name: 'onBatchEnd', index, logs }),
  };
}
