import type { JsonObject } from '@gradus/layers';
import { wrongOption } from '@gradus/tensor/options';

/*
 * Saved states come from files, which may hold anything: what is read from one is checked.
 */

/**
 * A number of a saved state.
 * @throws OptionError if it has none of this name.
 */
export function savedNumber(op: string, values: JsonObject, name: string): number {
  const value = values[name];
  if (typeof value === 'number') return value;
  throw wrongOption(op, `a saved state with the number ${name}`, value);
}

/**
 * A number of a saved state in which it may be missing.
 * @throws OptionError if there is something else.
 */
export function savedOptional(op: string, values: JsonObject, name: string): number | undefined {
  return (values[name] ?? null) === null ? undefined : savedNumber(op, values, name);
}

/**
 * @throws OptionError if an option is not what it was when the state was saved: then what the callback
 *   remembers means something else.
 */
export function checkSameOptions(op: string, values: JsonObject, options: JsonObject): void {
  for (const [name, value] of Object.entries(options)) {
    if (values[name] === value) continue;
    const was = JSON.stringify(values[name]) ?? 'missing';
    throw wrongOption(op, `${name} ${was}, as in the training that is resumed`, value);
  }
}
