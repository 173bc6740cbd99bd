import { tensor, type Tensor } from '@gradus/tensor';

/** A float64 tensor, in which central differences can be trusted. */
export function float64(values: readonly number[], shape: readonly number[]): Tensor {
  return tensor(Float64Array.from(values), shape);
}

/** Labels of classes, [n]. */
export function labels(...values: readonly number[]): Tensor {
  return tensor(Int32Array.from(values));
}

/** Rows of probabilities, [2, 3]. */
export const probabilities = float64([0.5, 0.25, 0.25, 0.125, 0.75, 0.125], [2, 3]);

/** Other rows of probabilities, [2, 3]. */
export const otherProbabilities = float64([0.25, 0.125, 0.625, 0.5, 0.375, 0.125], [2, 3]);

/** Rows of any numbers, [2, 3]. */
export const logits = float64([1, -2, 0.5, 3, -0.25, -1], [2, 3]);

/** Classes 1 and 2, [2, 3]. */
export const oneHot = float64([0, 1, 0, 0, 0, 1], [2, 3]);

/** Probabilities of which some are 0, [2, 3]. */
export const mixed = float64([0.5, 0.25, 0.25, 0, 0.25, 0.75], [2, 3]);
