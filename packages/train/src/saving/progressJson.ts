import { FormatError } from '@gradus/io';
import type { Json, JsonObject } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';
import { isRecord } from '@gradus/tensor/options';
import {
  PastProgress,
  type Progress,
  type SavedCallback,
  type TrainingMemory,
} from '../loop/progress';
import { fromJson, toJson } from './jsonNumbers';
import { callbacksPrefix, type SavedProgress } from './savedModel';

type Tensors = Readonly<Record<string, Tensor>>;

/**
 * How far a training is, as JSON, and the tensors that its callbacks remember, under the names that they
 * have in the file.
 * @throws OptionError if a callback or a metric remembers what JSON has no form for.
 */
export function progressToJson(progress: Progress): readonly [SavedProgress, Tensors] {
  const { epoch, batch } = progress;
  const memory = progress.memory?.();
  if (memory === undefined) return [{ epoch, batch }, {}];
  const callbacks = memory.callbacks.map(({ kind, behind, state }) => ({
    kind,
    behind,
    ...(state !== undefined && { values: state.values }),
  }));
  const tensors = memory.callbacks.flatMap(({ state }, i) =>
    Object.entries(state?.tensors ?? {}).map(([name, tensor]) => [tensorName(i, name), tensor]),
  );
  const json = toJson({ ...memory, callbacks }, 'memory') as JsonObject;
  return [{ epoch, batch, memory: json }, Object.fromEntries(tensors) as Tensors];
}

/**
 * How far the training of a saved model is.
 * @param tensors all that the file holds.
 * @throws FormatError if it does not say so.
 */
export function progressFromJson(saved: SavedProgress, tensors: Tensors): Progress {
  const { epoch, batch, memory: json } = saved;
  const isCount = (count: unknown): boolean => Number.isSafeInteger(count) && Number(count) >= 0;
  if (!isCount(epoch) || !isCount(batch)) throw notProgress('epoch and batch');
  if (json === undefined) return { epoch, batch };
  const memory = fromJson(json);
  if (!isMemory(memory)) throw notProgress('memory');
  const callbacks = memory.callbacks.map(({ kind, behind, values }, i): SavedCallback => {
    const prefix = tensorName(i, '');
    const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
    const named = own.map(([name, tensor]) => [name.slice(prefix.length), tensor] as const);
    const state = values && { values, tensors: Object.fromEntries(named) };
    return { kind, behind, state };
  });
  const { records, steps, meter, event } = memory;
  return new PastProgress(epoch, batch, { records, steps, meter, event, callbacks });
}

/** What is read, where the tensors are still missing. */
type ReadMemory = Omit<TrainingMemory, 'callbacks'> & {
  readonly callbacks: readonly (Omit<SavedCallback, 'state'> & {
    readonly values?: JsonObject;
  })[];
};

function isMemory(memory: Json): memory is Json & ReadMemory {
  if (!isRecord(memory)) return false;
  const { records, steps, meter, callbacks, event } = memory;
  const isOptional = (value: Json | undefined, is: (value: Json) => boolean): boolean =>
    value === undefined || is(value);
  return (
    isListOf(records, ({ epoch, logs }) => Number.isSafeInteger(epoch) && isLogs(logs)) &&
    isListOf(
      callbacks,
      ({ kind, behind, values }) =>
        typeof kind === 'string' && typeof behind === 'boolean' && isOptional(values, isRecord),
    ) &&
    isOptional(steps, Number.isSafeInteger) &&
    isOptional(
      meter,
      (one) => isRecord(one) && isRecord(one['means']) && isRecord(one['metrics']),
    ) &&
    isOptional(event, isEvent)
  );
}

function isEvent(event: Json): boolean {
  if (!isRecord(event)) return false;
  const { of, index, logs } = event;
  return (of === 'batch' || of === 'epoch') && Number.isSafeInteger(index) && isLogs(logs);
}

function isListOf(list: Json | undefined, is: (one: JsonObject) => boolean): boolean {
  return Array.isArray(list) && list.every((one: Json) => isRecord(one) && is(one));
}

function isLogs(logs: Json | undefined): boolean {
  return isRecord(logs) && Object.values(logs).every((value) => typeof value === 'number');
}

function tensorName(callback: number, name: string): string {
  return `${callbacksPrefix}${callback}/${name}`;
}

function notProgress(what: string): FormatError {
  return new FormatError({
    op: 'decodeModel',
    expected: `${what} of a training`,
    received: 'something else',
  });
}
