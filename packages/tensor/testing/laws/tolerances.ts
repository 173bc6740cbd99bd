import type { Tolerance } from './law';

/** What is left of rounding in sums of some hundred numbers: what most laws allow. */
export const usualTolerance: Tolerance = { float64: 1e-12, float32: 1e-5 };

/** For numbers that are only moved, or compared: there is nothing to round. */
export const noTolerance: Tolerance = { float64: 0, float32: 0 };
