// As users import it: this file is an entry of its own, and needs nothing else of the package.
import { OptionError } from './index';

/*
 * What is demanded of options, in one wording for all packages. They are passed by name, as they are
 * written: `checkWhole('dense', { units })`. TypeScript has checked them before; a file or JavaScript
 * has not.
 */

/** Options, or some of them, by their names. */
export type Options = Readonly<Record<string, unknown>>;

/**
 * The options of a call.
 * @throws OptionError, naming `op`, unless they are an object: numbers, null and lists are none.
 */
export function optionsOf<T extends object>(op: string, given: T): T {
  if (isRecord(given)) return given;
  throw wrongOption(op, 'options by name, such as { name: value }', given);
}

/** @throws OptionError unless all are whole numbers of at least `least`. */
export function checkWhole(op: string, options: Options, least = 1): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && (value as number) >= least) continue;
    const range = least > Number.MIN_SAFE_INTEGER ? ` of at least ${least}` : '';
    throw wrongOption(op, `${name} to be a whole number${range}`, value);
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
    throw wrongOption(op, `${name} to be ${rangeInWords(lowest, highest)}`, value);
  }
}

/** @throws OptionError unless all are finite numbers above 0. */
export function checkPositive(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isFinite(value) && (value as number) > 0) continue;
    throw wrongOption(op, `${name} to be a finite number above 0`, value);
  }
}

/** @throws OptionError unless all are finite numbers of at least `least`, or nested lists of them. */
export function checkNested(op: string, options: Options, least = -Infinity): void {
  const fits = (value: unknown): boolean =>
    Array.isArray(value) ? value.every(fits) : Number.isFinite(value) && (value as number) >= least;
  for (const [name, value] of Object.entries(options)) {
    if (fits(value)) continue;
    const range = least > -Infinity ? ` of at least ${least}` : '';
    throw wrongOption(op, `${name} to be finite numbers${range}`, value);
  }
}

/** @throws OptionError unless all are true or false. */
export function checkFlags(op: string, options: Options): void {
  checkEach(op, options, 'true or false', (value) => typeof value === 'boolean');
}

/** @throws OptionError unless all are among these words or numbers. */
export function checkChoice(
  op: string,
  options: Options,
  choices: readonly (string | number)[],
): void {
  const isChoice = (value: unknown): boolean => choices.includes(value as string);
  checkEach(op, options, `one of ${choices.join(', ')}`, isChoice);
}

/** @throws OptionError unless all are text that is not empty. */
export function checkText(op: string, options: Options): void {
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  checkEach(op, options, 'a text that is not empty', isText);
}

/** @throws OptionError unless all are functions. */
export function checkFunctions(op: string, options: Options): void {
  checkEach(op, options, 'a function', (value) => typeof value === 'function');
}

/** @throws OptionError unless all are lists. */
export function checkLists(op: string, options: Options): void {
  checkEach(op, options, 'a list', Array.isArray);
}

/** @throws OptionError unless all are objects, such as options by name. */
export function checkObjects(op: string, options: Options): void {
  checkEach(op, options, 'an object', isRecord);
}

/**
 * Refuses options that nobody reads, such as misspelt ones.
 * @throws OptionError that names the first that is none of the known ones.
 */
export function refuseOthers(op: string, known: readonly string[], options: object): void {
  const other = Object.entries(options).find(
    ([name, value]) => value !== undefined && !known.includes(name),
  );
  if (other === undefined) return;
  const expected = `the options ${known.join(', ')}`;
  throw new OptionError({ op, expected, received: `'${other[0]}'` });
}

/** Whether a value is an object with names: neither null nor a list. */
export function isRecord(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An error about an option, which may be anything. */
export function wrongOption(op: string, expected: string, received: unknown): OptionError {
  return new OptionError({ op, expected, received: inWords(received) });
}

/** What was given, short enough for a sentence. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return listInWords(value);
  if (isRecord(value)) return objectInWords(value);
  return typeof value === 'function' ? 'a function' : String(value);
}

/** Of what kind it is, such as `a Tensor` or `a Uint8Array`; an object if its class has no name. */
function objectInWords(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  const name = isPlain ? '' : value.constructor.name;
  return name === '' ? 'an object' : `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Of a longer list than this, a message shows only the beginning. */
const mostShown = 8;

function listInWords(list: readonly unknown[]): string {
  const shown = list.slice(0, mostShown).map(inWords);
  return `[${[...shown, ...(list.length > mostShown ? ['...'] : [])].join(', ')}]`;
}

function checkEach(
  op: string,
  options: Options,
  what: string,
  fits: (value: unknown) => boolean,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (!fits(value)) throw wrongOption(op, `${name} to be ${what}`, value);
  }
}

function rangeInWords(lowest: number, highest: number): string {
  if (highest < Infinity) return `a number from ${lowest} to ${highest}`;
  return `a finite number${lowest > -Infinity ? ` of at least ${lowest}` : ''}`;
}
