import fc from 'fast-check';
import { dtypes as allDTypes, isFloat, type DType } from '../src/index';

/** Which numbers to draw. */
export interface Domain {
  /** Smallest number; default -4 for float32 and float64, -100 for int32, 0 for uint8. */
  readonly low?: number;
  /** Largest number; default 4 for float32 and float64, 100 for int32, 255 for uint8. */
  readonly high?: number;
  /**
   * Moves every number away from zero by so much, beyond `low` and `high` if need be: nothing is
   * drawn between `-gap` and `gap`. For poles and kinks at zero; default 0.
   */
  readonly gap?: number;
}

/**
 * Multiples of 1/64, which shrink towards 0, and towards whole numbers rather than fractions. They are
 * exact in float32, spread over the whole range (`fc.double` draws mostly tiny numbers), and with the
 * default domain float32 sums of 256 of their products are exact too, in any order.
 */
export function floats({ low = -4, high = 4, gap = 0 }: Domain = {}): fc.Arbitrary<number> {
  const [min, max] = [Math.ceil(low * 64), Math.floor(high * 64)];
  const multiples = fc.integer({ min, max });
  // Sorting takes too long in large ranges; there, numbers shrink towards 0 by 1/64.
  const simple = max - min < 2 ** 13 ? simplestFirst(min, max) : undefined;
  return multiples.map((n) => simple?.get(n) ?? n).map((n) => n / 64 + (n < 0 ? -gap : gap));
}

const sorted = new Map<string, ReadonlyMap<number, number>>();

/**
 * An order of the whole numbers of a range: the numbers in the places 0, 1, 2, ... and -1, -2, ... are
 * those of the same sign, whole multiples of 64 first, then odd multiples of 32, and so on.
 */
function simplestFirst(min: number, max: number): ReadonlyMap<number, number> {
  const key = `${min} ${max}`;
  const known = sorted.get(key);
  if (known !== undefined) return known;
  const all = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const fineness = (n: number): number =>
    [64, 32, 16, 8, 4, 2, 1].findIndex((part) => n % part === 0);
  const simplest = (numbers: readonly number[]): number[] =>
    [...numbers].sort((a, b) => fineness(a) - fineness(b) || Math.abs(a) - Math.abs(b));
  const [below, above] = [all.filter((n) => n < 0), all.filter((n) => n >= 0)];
  const places = [...[...below].reverse(), ...above];
  const numbers = [...simplest(below), ...simplest(above)];
  const order = new Map(places.map((place, i) => [place, numbers[i]!]));
  sorted.set(key, order);
  return order;
}

/** Numbers that an element type holds exactly: multiples of 1/64, or whole numbers. */
export function elements(dtype: DType, domain: Domain = {}): fc.Arbitrary<number> {
  if (isFloat(dtype)) return floats(domain);
  const range = dtype === 'uint8' ? { low: 0, high: 255 } : { low: -100, high: 100 };
  const { low, high, gap = 0 } = { ...range, ...domain };
  return fc
    .integer({ min: Math.ceil(low), max: Math.floor(high) })
    .map((n) => n + (n < 0 ? -gap : gap));
}

/** All element types; they shrink towards float32. */
export function dtypes(): fc.Arbitrary<DType> {
  return fc.constantFrom(...allDTypes);
}
