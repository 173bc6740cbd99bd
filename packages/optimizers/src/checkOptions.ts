import { OptionError } from '@gradus/tensor';

/** Which numbers an option may be, and how an error says so. */
export interface Range {
  readonly words: string;
  readonly holds: (value: number) => boolean;
}

/** Ranges of options; all their numbers are finite. */
export const positive: Range = { words: 'above 0', holds: (x) => x > 0 };
export const notNegative: Range = { words: 'of at least 0', holds: (x) => x >= 0 };
export const atLeastOne: Range = { words: 'of at least 1', holds: (x) => x >= 1 };
export const fraction: Range = { words: 'from 0 to 1', holds: (x) => x >= 0 && x <= 1 };
export const decayFactor: Range = {
  words: 'of at least 0 and below 1',
  holds: (x) => x >= 0 && x < 1,
};

/** @throws OptionError that names the first value that is not a number in the range. */
export function checkNumbers(
  op: string,
  { words, holds }: Range,
  values: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value) && holds(value)) continue;
    throw new OptionError({ op, expected: `${name} ${words}`, received: inWords(value) });
  }
}

/** @throws OptionError unless the value is true or false. */
export function checkFlag(op: string, name: string, value: boolean): void {
  if (typeof value === 'boolean') return;
  throw new OptionError({ op, expected: `${name} true or false`, received: inWords(value) });
}

/**
 * The options, if they are an object. TypeScript says so, but a program may not be checked by it.
 * @throws OptionError if they are something else.
 */
export function optionsOf<O extends object>(op: string, options: O): O {
  if (isRecord(options)) return options;
  throw new OptionError({ op, expected: 'an object of options', received: inWords(options) });
}

/**
 * Refuses options that nobody reads, such as misspelt ones.
 * @param others what is left when all known options were taken.
 * @throws OptionError that names the first of them.
 */
export function refuseOthers(op: string, known: readonly string[], others: object): void {
  const unknown = Object.entries(others).find(([, value]) => value !== undefined);
  if (unknown === undefined) return;
  const expected = `the options ${known.join(', ')}`;
  throw new OptionError({ op, expected, received: `'${unknown[0]}'` });
}

/** Whether a value is an object with names, and neither an array nor a function. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was received, shortly. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  return isRecord(value) ? 'an object' : String(value);
}
