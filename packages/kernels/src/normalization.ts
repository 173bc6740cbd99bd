import type { View } from '@gradus/tensor';

/*
 * Normalisation of x [..., channels] channel by channel: each number becomes
 * normalized = (x - mean) / sqrt(variance + epsilon), then gamma normalized + beta. All views here are
 * [channels].
 */

/** The mean of each channel, and its variance: the mean of (x - mean)^2. */
export interface Moments {
  readonly mean: View;
  readonly variance: View;
}

/** What numbers are normalised by. */
export interface Statistics extends Moments {
  /** Added to the variance; at least 0. */
  readonly epsilon: number;
}

/** What is multiplied with normalised numbers, and added to them; or gradients with respect to both. */
export interface ScaleAndShift {
  readonly gamma: View;
  readonly beta: View;
}

/** What normalised numbers are multiplied with, and the gradients that give that of x. */
export interface BatchGradient {
  readonly gamma: View;
  /** See `Backend.normalizeParameterGradient`. */
  readonly gradient: ScaleAndShift;
}
