import { OptionError } from '@gradus/tensor';

/*
 * What layers demand of their options, in one wording. Options are passed by name, as they are written:
 * `checkWhole('dense', { units })`. TypeScript has checked them before; a file or JavaScript has not.
 */

type Options = Readonly<Record<string, unknown>>;

/** @throws OptionError unless all are whole numbers of at least `least`. */
export function checkWhole(op: string, options: Options, least = 1): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && (value as number) >= least) continue;
    const range = least > Number.MIN_SAFE_INTEGER ? ` of at least ${least}` : '';
    throw optionError(op, `${name} to be a whole number${range}`, value);
  }
}

/** @throws OptionError unless all are finite numbers from `lowest` to `highest`. */
export function checkNumber(
  op: string,
  options: Options,
  [lowest, highest]: readonly [lowest: number, highest: number] = [-Infinity, Infinity],
): void {
  for (const [name, value] of Object.entries(options)) {
    const number = Number.isFinite(value) ? (value as number) : NaN;
    if (number >= lowest && number <= highest) continue;
    throw optionError(op, `${name} to be ${rangeInWords(lowest, highest)}`, value);
  }
}

/** @throws OptionError unless all are finite numbers of at least `least`, or nested lists of them. */
export function checkNested(op: string, options: Options, least = -Infinity): void {
  const fits = (value: unknown): boolean =>
    Array.isArray(value) ? value.every(fits) : Number.isFinite(value) && (value as number) >= least;
  for (const [name, value] of Object.entries(options)) {
    if (fits(value)) continue;
    const range = least > -Infinity ? ` of at least ${least}` : '';
    throw optionError(op, `${name} to be finite numbers${range}`, value);
  }
}

/** @throws OptionError unless all are true or false. */
export function checkFlags(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'boolean') continue;
    throw optionError(op, `${name} to be true or false`, value);
  }
}

/** @throws OptionError unless the option is one of these words. */
export function checkChoice(op: string, option: Options, choices: readonly string[]): void {
  for (const [name, value] of Object.entries(option)) {
    if (choices.includes(value as string)) continue;
    throw optionError(op, `${name} to be one of ${choices.join(', ')}`, value);
  }
}

/**
 * The options that the layer `op` is given, by name, as a copy that stays what it is.
 * @throws OptionError unless they are an object.
 */
export function optionsOf<T extends object>(op: string, given: T): T {
  const options: unknown = given;
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  if (isObject) return Object.freeze({ ...given });
  throw optionError(op, 'options by name, { name: value }', given);
}

/** An error about an option, which may be anything. */
export function optionError(op: string, expected: string, received: unknown): OptionError {
  return new OptionError({ op, expected, received: inWords(received) });
}

function rangeInWords(lowest: number, highest: number): string {
  if (highest < Infinity) return `a number from ${lowest} to ${highest}`;
  return `a finite number${lowest > -Infinity ? ` of at least ${lowest}` : ''}`;
}

/** What was given, short enough for a sentence. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(inWords).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
