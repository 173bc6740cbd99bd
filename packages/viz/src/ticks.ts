import { shortNumber } from './shortNumber';

/** The marks of an axis, and the ends at or beyond the data that they extend it to. */
export interface Ticks {
  readonly low: number;
  readonly high: number;
  readonly marks: readonly Mark[];
}

/** A place on an axis and what is written there. */
export interface Mark {
  readonly value: number;
  readonly label: string;
}

/** How many steps an axis is divided into, about. */
const wantedSteps = 5;
/** Powers of ten on a logarithmic axis beyond which some are left without a mark. */
const mostDecades = 6;

/**
 * Marks at multiples of 1, 2 or 5 times a power of ten (Heckbert, "Nice Numbers for Graph Labels",
 * Graphics Gems, 1990).
 * @param whole whether to mark whole numbers only; `low` and `high` are whole then.
 */
export function linearTicks(low: number, high: number, whole = false): Ticks {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!areApart(low, high)) {
    const reach = Math.max(size > 1e-290 ? size / 10 : 1, whole ? 1 : 0);
    return linearTicks(low - reach, high + reach, whole);
  }
  const nice = niceStep((high - low) / wantedSteps);
  const [digit, exponent] = whole && nice[1] < 0 ? [1, 0] : nice;
  const step = decimal(digit, exponent);
  // A quotient such as 5e-6 / 1e-6 is a little more than 5.
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const label = labelling(exponent, size);
  const marks = Array.from({ length: last - first + 1 }, (_, i) => {
    const value = decimal((first + i) * digit, exponent);
    return { value, label: label(value) };
  });
  return { low: marks[0]!.value, high: marks.at(-1)!.value, marks };
}

/**
 * Marks at powers of ten, and at 2 and 5 times them where powers alone would be too few.
 * @param low above 0.
 */
export function logTicks(low: number, high: number): Ticks {
  if (low === high) return logTicks(low / 2, high * 2);
  const first = rungBelow(low);
  const top = rungBelow(high);
  const last = rung(top) < high ? top + 1 : top;
  const decades = (last - first) / 3;
  const every = decades <= 2 ? 1 : 3 * Math.ceil(decades / mostDecades);
  const marks = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter((n) => n % every === 0)
    .map((n) => ({ value: rung(n), label: shortNumber(rung(n)) }));
  return { low: rung(first), high: rung(last), marks };
}

/** Whether there is room for marks between two numbers, given how finely numbers are spaced. */
export function areApart(low: number, high: number): boolean {
  return high - low > 1e-12 * Math.max(-low, high) && high - low >= 1e-300;
}

/** 1, 2 or 5 times ten to the exponent, whichever is nearest to `rough`. */
function niceStep(rough: number): [digit: number, exponent: number] {
  const exponent = Math.floor(Math.log10(rough));
  const fraction = rough / decimal(1, exponent);
  if (fraction >= 7) return [1, exponent + 1];
  if (fraction >= 3) return [5, exponent];
  return [fraction >= 1.5 ? 2 : 1, exponent];
}

/** Read from its digits, so that 0.3 is not 0.30000000000000004. */
function decimal(digits: number, exponent: number): number {
  return Number(`${digits}e${exponent}`);
}

/** How the marks of an axis are written, in one form for all that shows their difference. */
function labelling(exponent: number, size: number): (value: number) => string {
  if (exponent >= -4 && size < 1e6) return (value) => value.toFixed(Math.max(0, -exponent));
  const digits = Math.min(15, Math.max(0, Math.floor(Math.log10(size)) - exponent));
  return (value) => (value === 0 ? '0' : value.toExponential(digits).replace('+', ''));
}

/** The ladder 1, 2, 5, 10, 20, ...; rung 0 is 1. */
function rung(n: number): number {
  const place = ((n % 3) + 3) % 3;
  return decimal([1, 2, 5][place]!, (n - place) / 3);
}

function rungBelow(value: number): number {
  let n = 3 * Math.floor(Math.log10(value));
  while (rung(n) > value) n--;
  while (rung(n + 1) <= value) n++;
  return n;
}
