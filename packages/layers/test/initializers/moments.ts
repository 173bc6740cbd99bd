import { Random, type Shape } from '@gradus/tensor';
import type { Initializer } from '../../src/index';

/** The values of an initializer for one weight, float64. */
export function drawn(initializer: Initializer, shape: Shape, seed = 1): number[] {
  return [...initializer.create(shape, new Random(seed), 'float64').toTypedArray()];
}

/** Mean, variance and largest magnitude. */
export function moments(values: readonly number[]) {
  const mean = values.reduce((total, v) => total + v, 0) / values.length;
  const variance = values.reduce((total, v) => total + (v - mean) ** 2, 0) / values.length;
  const largest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return { mean, variance, largest };
}
