import { InvalidArgumentError } from 'commander';

/** Which numbers an option takes. */
export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  /** Whether `least` and `most` themselves are refused. */
  readonly exclusive?: boolean;
}

/** Reads an option's argument as a whole number in a range. */
export function wholeNumber(range: NumberRange): (text: string) => number {
  return (text) => inRange(text, 'a whole number', /^-?\d+$/, range);
}

/** Reads an option's argument as a number in a range. */
export function number(range: NumberRange): (text: string) => number {
  return (text) => inRange(text, 'a number', /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, range);
}

function inRange(
  text: string,
  kind: string,
  pattern: RegExp,
  { least = -Infinity, most = Infinity, exclusive = false }: NumberRange,
): number {
  const value = Number(text);
  const inside = exclusive ? value > least && value < most : value >= least && value <= most;
  if (pattern.test(text) && inside && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  const bounds = [
    least > -Infinity ? `${exclusive ? 'above' : 'of at least'} ${least}` : '',
    most < Infinity ? `${exclusive ? 'below' : 'at most'} ${most}` : '',
  ].filter((bound) => bound !== '');
  throw new InvalidArgumentError(`Expected ${[kind, bounds.join(' and ')].join(' ').trim()}.`);
}
