import { OptionError } from '@gradus/tensor';

/**
 * The options of a call, which may have been left out.
 * @throws OptionError, naming `op`, if they are anything but an object: in JavaScript nothing else
 * keeps a number or null from standing there.
 */
export function optionsOf<T extends object>(op: string, options: T | undefined): Partial<T> {
  if (options === undefined) return {};
  if (typeof options === 'object' && (options as T | null) !== null && !Array.isArray(options)) {
    return options;
  }
  throw new OptionError({
    op,
    expected: 'options in an object, such as { name: value }',
    received: shown(options),
  });
}

/** @throws OptionError if the option is not a whole number of at least `least`. */
export function checkWhole(op: string, option: string, value: unknown, least: 0 | 1): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new OptionError({
    op,
    expected: `${option} to be a whole number of at least ${least}`,
    received: shown(value),
  });
}

/** What somebody gave, for messages. JSON has no NaN, no infinities, and no functions. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return `${value}`;
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint'
    ? typeof value
    : JSON.stringify(value);
}
