import {
  abs,
  add,
  clip,
  div,
  log,
  maximum,
  minimum,
  mul,
  softplus,
  square,
  sub,
} from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { checkPositive } from '@gradus/tensor/options';
import { defineLoss, type SampleLoss } from './defineLoss';

/*
 * Losses of the differences between predictions p and targets y, number by number. All take targets
 * and predictions of one shape [batch, ...] and one element type.
 */

/** Keras's epsilon, below which it divides by nothing and takes no logarithm. */
const epsilon = 1e-7;

/**
 * The mean of (p - y)^2.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanSquaredError: SampleLoss = defineLoss({
  name: 'meanSquaredError',
  each: (yTrue, yPred) => square(sub(yPred, yTrue)),
});

/**
 * The mean of |p - y|; its gradient is 0 where there is no difference.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanAbsoluteError: SampleLoss = defineLoss({
  name: 'meanAbsoluteError',
  each: (yTrue, yPred) => abs(sub(yPred, yTrue)),
});

/**
 * The mean of 100 |p - y| / max(|y|, 1e-7): percent of the targets, which had better not be 0.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanAbsolutePercentageError: SampleLoss = defineLoss({
  name: 'meanAbsolutePercentageError',
  each: (yTrue, yPred) => mul(div(abs(sub(yPred, yTrue)), maximum(abs(yTrue), epsilon)), 100),
});

/**
 * The mean of (log(1 + p) - log(1 + y))^2, for quantities of at least 0 whose factors matter more than
 * their differences. Numbers below 1e-7 count as 1e-7.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanSquaredLogarithmicError: SampleLoss = defineLoss({
  name: 'meanSquaredLogarithmicError',
  each: (yTrue, yPred) => square(sub(logarithmOf(yPred), logarithmOf(yTrue))),
});

function logarithmOf(x: Tensor): Tensor {
  return log(add(clip(x, { min: epsilon }), 1));
}

/**
 * The mean of log(cosh(p - y)): about half the square of small differences, and large ones less log 2.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const logCosh: SampleLoss = defineLoss({
  name: 'logCosh',
  each(yTrue, yPred) {
    // cosh(d) = e^d (1 + e^-2d) / 2, and softplus(x) = log(1 + e^x) does not overflow.
    const difference = sub(yPred, yTrue);
    return sub(add(difference, softplus(mul(difference, -2))), Math.LN2);
  },
});

/** Options of `huber`. */
export interface HuberOptions {
  /** The difference from which on the loss is a straight line, above 0. Default 1. */
  readonly delta?: number;
}

/**
 * The mean of d^2 / 2 for differences d up to delta, and of delta (d - delta / 2) beyond: outliers pull
 * no harder than delta (P. J. Huber, "Robust Estimation of a Location Parameter", 1964, Annals of
 * Mathematical Statistics 35(1)).
 * @throws OptionError if delta is not a finite number above 0.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function huber(config: HuberOptions = {}): SampleLoss {
  const { delta = 1 } = config;
  checkPositive('huber', { delta });
  return defineLoss({
    name: 'huber',
    config,
    each(yTrue, yPred) {
      const difference = abs(sub(yPred, yTrue));
      const near = minimum(difference, delta);
      return add(div(square(near), 2), mul(sub(difference, near), delta));
    },
  });
}
