import { OptionError } from '@gradus/tensor';
import { inWords } from './structures';

type Arguments = Readonly<Record<string, unknown>>;

/** @throws OptionError unless all are whole numbers of at least `least`. */
export function checkWhole(op: string, values: Arguments, least: number): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isSafeInteger(value) && (value as number) >= least) continue;
    throw wrong(op, `${name} to be a whole number of at least ${least}`, value);
  }
}

/** @throws OptionError unless all are functions. */
export function checkFunctions(op: string, values: Arguments): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'function') throw wrong(op, `${name} to be a function`, value);
  }
}

/** @throws OptionError unless all are true or false. */
export function checkFlags(op: string, values: Arguments): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'boolean') throw wrong(op, `${name} to be true or false`, value);
  }
}

/** @throws OptionError unless a buffer can hold all elements, as far as is known. */
export function checkHoldsAll(size: number | undefined, bufferSize: number | undefined): void {
  if (size !== Infinity && (size ?? bufferSize) !== undefined) return;
  throw new OptionError({
    op: 'shuffle',
    expected: 'bufferSize to be a whole number of at least 1',
    received: bufferSize === undefined ? 'none' : `${bufferSize}`,
    hint:
      size === undefined
        ? 'How many elements there are is not known; Infinity would hold all of them in memory.'
        : 'The dataset never ends. Shuffle before you repeat it.',
  });
}

function wrong(op: string, expected: string, received: unknown): OptionError {
  return new OptionError({ op, expected, received: inWords(received) });
}
