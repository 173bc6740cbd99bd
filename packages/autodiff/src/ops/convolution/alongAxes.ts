import { OptionError } from '@gradus/tensor';
import { checkWhole, inWords } from '@gradus/tensor/options';

/** A number for every spatial axis, or a list of one for each. */
export type AlongAxes = number | readonly number[];

/**
 * What lies around x along its spatial axes. `'valid'`: nothing, the windows stay inside. `'same'`:
 * as much as makes the result ceil(size / stride) long, an odd place at the end. A number: so much
 * on every side. Or a pair `[before, after]` for each spatial axis.
 */
export type PaddingAlongAxes = 'valid' | 'same' | number | readonly (readonly [number, number])[];

const sideNames = ['[front, back]', '[top, bottom]', '[left, right]'];

/**
 * An option as a list with a number for each axis.
 * @throws OptionError, naming `op`, if it is neither a whole number of at least `least` nor such a
 * list.
 */
export function alongAxes(
  op: string,
  option: string,
  value: unknown,
  count: number,
  least: 0 | 1 = 1,
): number[] {
  if (!Array.isArray(value)) {
    checkWhole(op, { [option]: value }, least);
    return new Array<number>(count).fill(value as number);
  }
  const list: readonly unknown[] = value;
  if (list.length === count && list.every((n) => isWhole(n) && n >= least)) return list as number[];
  throw new OptionError({
    op,
    expected: `${option} to be a whole number of at least ${least}, or a list of ${count}`,
    received: inWords(value),
  });
}

/** The padding along one axis. */
export type Sides = 'same' | readonly [before: number, after: number];

/**
 * Padding as one entry for each axis.
 * @throws OptionError, naming `op`, if it is none of what it may be.
 */
export function sidesAlongAxes(
  op: string,
  padding: PaddingAlongAxes,
  count: number,
): readonly Sides[] {
  if (padding === 'same') return new Array<Sides>(count).fill('same');
  const all = padding === 'valid' ? 0 : padding;
  if (isWhole(all)) return new Array<Sides>(count).fill([all, all]);
  const isPair = (side: unknown): boolean =>
    Array.isArray(side) && side.length === 2 && side.every(isWhole);
  if (Array.isArray(all) && all.length === count && all.every(isPair)) {
    return all as readonly Sides[];
  }
  const pairs = count === 1 ? '[before, after]' : sideNames.slice(-count).join(', ');
  throw new OptionError({
    op,
    expected: `padding 'same', 'valid', a whole number of at least 0, or [${pairs}]`,
    received: inWords(padding),
  });
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
