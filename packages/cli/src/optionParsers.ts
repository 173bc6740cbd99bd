import { InvalidArgumentError } from 'commander';

/** Which numbers an option takes. */
export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  /** Whether `least` itself is refused. */
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

/** Larger ones are not exact, and nothing here means anything so large. */
const largest = Number.MAX_SAFE_INTEGER;

function inRange(
  text: string,
  kind: string,
  pattern: RegExp,
  { least = -largest, most = largest, exclusive = false }: NumberRange,
): number {
  const value = Number(text);
  const inside = (exclusive ? value > least : value >= least) && value <= most;
  if (pattern.test(text) && inside) return value;
  const bounds = [
    ...(least > -largest || value < least
      ? [`${exclusive ? 'above' : 'of at least'} ${least}`]
      : []),
    ...(most < largest || value > most ? [`at most ${most}`] : []),
  ];
  throw new InvalidArgumentError(`Expected ${kind} ${bounds.join(' and ')}`.trim() + '.');
}
