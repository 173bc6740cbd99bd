import type { FloatDType, Tensor } from '@gradus/tensor';
import { usualTolerance, type Agreement } from '@gradus/tensor/testing';

/** Relative to the largest finite result, or to 1: much may cancel in what is near 0. */
export function within(
  dtype: FloatDType,
  ...results: readonly Tensor[]
): Agreement & {
  readonly scale: number;
} {
  const sizes = results.flatMap((x) => [...x.toTypedArray()].map(Math.abs));
  return { relative: usualTolerance[dtype], scale: Math.max(1, ...sizes.filter(Number.isFinite)) };
}

/** @throws Error if a number of the first is above that of the second, by more than rounding. */
export function expectNoneAbove(low: Tensor, high: Tensor, dtype: FloatDType): void {
  const { relative, scale } = within(dtype, low, high);
  const bounds = high.toTypedArray();
  const values = low.toTypedArray();
  const odd = [...values].findIndex((value, n) => !(value <= bounds[n]! + relative * scale));
  if (odd < 0) return;
  throw new Error(`${values[odd]} at ${odd}, row by row, must not be above ${bounds[odd]}.`);
}
