import type { View } from '@gradus/tensor';

/*
 * Steps of optimizers, each in one pass over the numbers of a weight. All views have one shape and
 * one element type, float32 or float64; results are row-major and share no element with arguments.
 */

/**
 * A step of Adam: mean = beta1 mean + (1 - beta1) gradient, meanSquare likewise of the gradient's
 * square, weight = weight - rate mean / (sqrt(meanSquare) + epsilon).
 */
export interface AdamStep {
  readonly weight: View;
  readonly gradient: View;
  readonly mean: View;
  readonly meanSquare: View;
  readonly out: { readonly weight: View; readonly mean: View; readonly meanSquare: View };
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The learning rate, corrected for the means' beginning at 0. */
  readonly rate: number;
}

/**
 * A step of gradient descent with momentum: velocity = momentum velocity - rate gradient, weight =
 * weight + velocity, or with `nesterov` weight + momentum velocity - rate gradient.
 */
export interface MomentumStep {
  readonly weight: View;
  readonly gradient: View;
  readonly velocity: View;
  readonly out: { readonly weight: View; readonly velocity: View };
  readonly rate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}
