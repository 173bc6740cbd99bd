import type { Json } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/**
 * The numbers that a measurement saved; they come from a file, which may hold anything.
 * @throws OptionError if they are no list of numbers, so many if that is said.
 */
export function savedCounts(metric: string, state: Json, length?: number): readonly number[] {
  const isList = Array.isArray(state) && state.every((count) => typeof count === 'number');
  if (isList && (length === undefined || state.length === length)) return state;
  throw new OptionError({
    op: 'fit',
    expected: `${length ?? 'all'} numbers that ${metric} saved`,
    received: isList ? `${state.length} numbers` : inWords(state),
  });
}
