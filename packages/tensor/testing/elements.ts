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
 * Multiples of 1/64, which shrink towards 0. They are exact in float32, spread over the whole range
 * (`fc.double` draws mostly tiny numbers), and with the default domain float32 sums of 256 of their
 * products are exact too, in any order.
 */
export function floats({ low = -4, high = 4, gap = 0 }: Domain = {}): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.ceil(low * 64), max: Math.floor(high * 64) })
    .map((n) => n / 64 + (n < 0 ? -gap : gap));
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
