import { wrongOption } from '@gradus/tensor/options';

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
    throw wrongOption(op, `${name} ${words}`, value);
  }
}
