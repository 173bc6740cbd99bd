import { OptionError } from '@gradus/tensor';
import { checkFunctions, checkObjects, checkText } from '@gradus/tensor/options';
import type { Callback, CallbackEvents, TrainingContext } from '../callbacks';
import type { Progress, SavedCallback, TrainingMemory } from './progress';

/** A callback, and what it is to take up again. */
export type Remembered = readonly [callback: Callback, saved: SavedCallback];

const events = [
  ...(['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd'] as const),
  ...(['onBatchBegin', 'onBatchEnd'] as const),
] satisfies readonly (keyof CallbackEvents)[];

/** @throws OptionError unless they are callbacks, and those that remember something can be saved. */
export function checkCallbacks(callbacks: readonly Callback[]): void {
  callbacks.forEach((callback, i) => {
    checkObjects('fit', { [`callback ${i}`]: callback });
    for (const event of events) {
      const heard: unknown = Reflect.get(callback, event);
      if (heard !== undefined) checkFunctions('fit', { [`${event} of callback ${i}`]: heard });
    }
    if (callback.state === undefined) return;
    checkText('fit', { [`kind of callback ${i}, which has a state,`]: callback.kind });
    const { state, restore } = callback as { readonly [name: string]: unknown };
    checkFunctions('fit', { [`state of callback ${i}`]: state });
    checkFunctions('fit', { [`restore of callback ${i}`]: restore });
  });
}

/**
 * Finds the callbacks that saved states belong to: those of the same kind, in their order. Callbacks of
 * which nothing was saved begin anew.
 * @throws OptionError if a state has none.
 */
export function rememberedBy(
  callbacks: readonly Callback[],
  { callbacks: saved }: TrainingMemory,
  progress: Progress,
): readonly Remembered[] {
  const free = callbacks.filter((callback) => callback.state !== undefined);
  return saved.flatMap((one): readonly Remembered[] => {
    const place = free.findIndex(({ kind }) => kind === one.kind);
    if (place >= 0) return [[free.splice(place, 1)[0]!, one]];
    if (one.state === undefined) return [];
    throw missing(callbacks, saved, progress);
  });
}

/** Has callbacks take up their states, and tells those that were not told yet how the last batch or epoch ended. */
export async function restoreCallbacks(
  remembered: readonly Remembered[],
  { event }: TrainingMemory,
  context: TrainingContext,
): Promise<void> {
  for (const [callback, { state }] of remembered) {
    if (state !== undefined) await callback.restore!(state, context);
  }
  if (event === undefined) return;
  const { index, logs } = event;
  for (const [callback, { behind }] of remembered) {
    if (!behind) continue;
    if (event.of === 'epoch') await callback.onEpochEnd?.(index, logs, context);
    else await callback.onBatchEnd?.(index, logs, context);
  }
}

function missing(
  given: readonly Callback[],
  saved: readonly SavedCallback[],
  { epoch }: Progress,
): OptionError {
  const kinds = (list: readonly { readonly kind?: string; readonly state?: unknown }[]): string =>
    list.flatMap(({ kind, state }) => (state === undefined ? [] : [kind])).join(', ') || 'none';
  return new OptionError({
    op: 'fit',
    expected: `the callbacks ${kinds(saved)}, as in the training that is resumed`,
    received: kinds(given),
    hint: `To go on without what they remember, give initialEpoch: ${epoch} instead of resume.`,
  });
}
