import type { FloatDType } from '@gradus/tensor';
import { usualTolerance, type Tolerance } from '@gradus/tensor/testing';

/** A loss is a sum of some ten terms; they may cancel, so differences are relative to 1 at least. */
export const lossTolerance: Tolerance = usualTolerance;

/** @throws Error if two numbers differ by more than rounding. */
export function expectNear(found: number, expected: number, dtype: FloatDType): void {
  if (found === expected || Math.abs(found - expected) <= rounding(dtype, found, expected)) return;
  throw new Error(`expected ${expected}; received ${found}.`);
}

/** @throws Error if the first number is larger than the second, by more than rounding. */
export function expectAtMost(low: number, high: number, dtype: FloatDType, what: string): void {
  if (low <= high + rounding(dtype, low, high)) return;
  throw new Error(`${what}: ${low} must not be above ${high}.`);
}

/** Nothing infinite is near anything else. */
function rounding(dtype: FloatDType, ...numbers: readonly number[]): number {
  const size = Math.max(1, ...numbers.map(Math.abs));
  return size < Infinity ? lossTolerance[dtype] * size : 0;
}
