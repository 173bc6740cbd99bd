import { add, div, mul, sqrt, square, sub } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { checkFlags, optionsOf } from '@gradus/tensor/options';
import { checkNumbers, decayFactor, positive } from './checkOptions';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { State, UpdateRule } from './updateRule';

/** Options of `rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Decay of the mean of squared gradients, 0 to below 1. Default 0.9. */
  readonly rho?: number;
  /** How much of the last step is kept, 0 to below 1. Default 0. */
  readonly momentum?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether to divide by the deviation from the mean gradient instead. Default false. */
  readonly centered?: boolean;
}

/**
 * RMSprop: w <- w - lr g / sqrt(v + epsilon) with v <- rho v + (1 - rho) g^2; default rate 0.001.
 * T. Tieleman, G. Hinton, "Neural networks for machine learning", lecture 6.5, 2012, with epsilon
 * inside the root as in Keras. With momentum, a velocity u <- mu u - lr g / sqrt(v + epsilon) is kept,
 * and w <- w + u. `centered` (A. Graves, arXiv:1308.0850, equation 38) takes the variance of the
 * gradient for v, that is v less the square of m <- rho m + (1 - rho) g.
 * @throws OptionError if an option is out of range.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('rmsprop', options);
  const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false, ...common } = rest;
  const config = { rho, momentum, epsilon, centered };
  checkNumbers('rmsprop', decayFactor, { rho, momentum });
  checkNumbers('rmsprop', positive, { epsilon });
  checkFlags('rmsprop', { centered });
  const spread = centered ? varianceOf(rho) : meanSquareOf(rho);
  const rule: UpdateRule<Record<string, Tensor>> = {
    name: 'rmsprop',
    init(weight) {
      const velocity = zeros(weight.shape, weight.dtype);
      return { ...spread.init(weight), ...(momentum > 0 ? { velocity } : {}) };
    },
    update({ weight, gradient, state, learningRate: rate }) {
      const next = spread.next(state, gradient);
      const move = div(mul(gradient, rate), sqrt(add(next.divisor, epsilon)));
      if (momentum === 0) return { weight: sub(weight, move), state: next.state };
      const velocity = sub(mul(state['velocity']!, momentum), move);
      return { weight: add(weight, velocity), state: { ...next.state, velocity } };
    },
  };
  return new Optimizer(rule, learningRate, { ...common, config });
}

/** How large the gradient of a weight is wont to be: a square, and what is remembered for it. */
interface Spread {
  init(weight: Tensor): State;
  next(state: State, gradient: Tensor): { readonly divisor: Tensor; readonly state: State };
}

function meanSquareOf(rho: number): Spread {
  return {
    init: ({ shape, dtype }) => ({ meanSquare: zeros(shape, dtype) }),
    next(state, gradient) {
      const meanSquare = add(mul(state['meanSquare']!, rho), mul(square(gradient), 1 - rho));
      return { divisor: meanSquare, state: { meanSquare } };
    },
  };
}

/**
 * The difference of the mean square and the square of the mean, which rounding makes negative where
 * gradients hardly change, so that its root is NaN; but not in this form, which is equal:
 * V <- rho (V + (1 - rho) (g - m)^2), with the mean m as before the step.
 */
function varianceOf(rho: number): Spread {
  return {
    init: ({ shape, dtype }) => ({ mean: zeros(shape, dtype), variance: zeros(shape, dtype) }),
    next(state, gradient) {
      const deviation = sub(gradient, state['mean']!);
      const mean = add(state['mean']!, mul(deviation, 1 - rho));
      const variance = mul(add(state['variance']!, mul(square(deviation), 1 - rho)), rho);
      return { divisor: variance, state: { mean, variance } };
    },
  };
}
