import { OptionError } from '@gradus/tensor';

/*
 * What is demanded of options, in one wording. They are passed by name, as they are written:
 * `checkWhole('earlyStopping', { patience })`. TypeScript has checked them before; a file or JavaScript
 * has not.
 */

type Options = Readonly<Record<string, unknown>>;

/** @throws OptionError unless all are whole numbers of at least `least`. */
export function checkWhole(op: string, options: Options, least: number): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && (value as number) >= least) continue;
    throw wrongOption(op, `${name} to be a whole number of at least ${least}`, value);
  }
}

/** @throws OptionError unless all are finite numbers from `least` to `most`. */
export function checkNumber(op: string, options: Options, least = 0, most = Infinity): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isFinite(value) && (value as number) >= least && (value as number) <= most) continue;
    const range =
      most === Infinity
        ? `a finite number${least === -Infinity ? '' : ` of at least ${least}`}`
        : `a number from ${least} to ${most}`;
    throw wrongOption(op, `${name} to be ${range}`, value);
  }
}

/** @throws OptionError unless all are finite numbers above 0. */
export function checkPositive(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isFinite(value) && (value as number) > 0) continue;
    throw wrongOption(op, `${name} to be a finite number above 0`, value);
  }
}

/** @throws OptionError unless all are true or false. */
export function checkFlags(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'boolean') throw wrongOption(op, `${name} to be true or false`, value);
  }
}

/** @throws OptionError unless the option is one of these words or numbers. */
export function checkChoice(
  op: string,
  options: Options,
  choices: readonly (string | number)[],
): void {
  for (const [name, value] of Object.entries(options)) {
    if (choices.includes(value as string)) continue;
    const words = choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : choice));
    throw wrongOption(op, `${name} to be ${words.join(' or ')}`, value);
  }
}

/** @throws OptionError if there is an option of another name than these. */
export function refuseOthers(op: string, options: object, known: readonly string[]): void {
  const other = Object.entries(options).find(
    ([name, value]) => value !== undefined && !known.includes(name),
  );
  if (other === undefined) return;
  throw new OptionError({
    op,
    expected: `the options ${known.join(', ')}`,
    received: `'${other[0]}'`,
  });
}

/** @throws OptionError unless all are text that is not empty. */
export function checkText(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'string' && value !== '') continue;
    throw wrongOption(op, `${name} to be a text that is not empty`, value);
  }
}

/** @throws OptionError unless all are functions. */
export function checkFunctions(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'function') throw wrongOption(op, `${name} to be a function`, value);
  }
}

/** @throws OptionError unless all are lists. */
export function checkLists(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Array.isArray(value)) throw wrongOption(op, `${name} to be a list`, value);
  }
}

/** @throws OptionError unless all are objects, such as options by name. */
export function checkObjects(op: string, options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) continue;
    throw wrongOption(op, `${name} to be an object`, value);
  }
}

/** An error about an option, which may be anything. */
export function wrongOption(op: string, expected: string, received: unknown): OptionError {
  return new OptionError({ op, expected, received: inWords(received) });
}

/** What was given, short enough for a sentence. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
