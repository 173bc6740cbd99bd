import { toTypedArray, type Tensor } from '@gradus/tensor';
import type { Agreement, Tolerance } from '@gradus/tensor/testing';
import type { ConvolutionImplementation } from './implementation';

/**
 * Of all laws about convolutions, relative to sums in which nothing cancels (see `largestSum`), which
 * is what rounding errors are in proportion to. An implementation that computes by transforms may ask
 * for more (its `tolerance`).
 */
export const convolutionTolerance: Tolerance = { float64: 1e-12, float32: 1e-5 };

/** How closely results of an implementation have to agree whose sums are as large as `scale`. */
export function within(
  { dtype, tolerance = 0 }: Pick<ConvolutionImplementation, 'dtype' | 'tolerance'>,
  scale: number,
): Agreement {
  return { relative: Math.max(convolutionTolerance[dtype], tolerance), scale };
}

/**
 * What no sum of products of images and filters, one after the other, exceeds:
 * |conv(x, w)| <= max |x| sum |w|, the sum over one filter. Young's inequality with an exponent of 1;
 * W. Rudin, "Real and Complex Analysis", 1987, theorem 8.14 and exercise 8.4.
 */
export function largestSum(x: Tensor, ...filters: readonly Tensor[]): number {
  return filters.reduce((bound, filter) => bound * largestFilter(filter), largestOf(x));
}

/** The largest magnitude in x. */
export function largestOf(x: Tensor): number {
  return Array.from(toTypedArray(x)).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The sum of all magnitudes in x. */
export function sumOfMagnitudes(x: Tensor): number {
  return Array.from(toTypedArray(x)).reduce((sum, value) => sum + Math.abs(value), 0);
}

function largestFilter(filter: Tensor): number {
  const filters = filter.shape[3]!;
  const sums = new Float64Array(filters);
  toTypedArray(filter).forEach((value, i) => (sums[i % filters]! += Math.abs(value)));
  return Math.max(0, ...sums);
}
