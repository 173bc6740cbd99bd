import { abs, add, div, maximum, mul, sub } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';
import { checkAdamParameters } from './adamRule';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { UpdateRule } from './updateRule';

/** Options of `adamax`. */
export interface AdamaxOptions extends OptimizerOptions {
  /** Decay of the mean of gradients, 0 to below 1. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the largest gradient, 0 to below 1. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam, default rate 0.001, divided by the largest of the recent gradients instead of their root mean
 * square: m <- beta1 m + (1 - beta1) g, u <- max(beta2 u, |g|), w <- w - lr / (1 - beta1^t) m / (u +
 * epsilon). D. P. Kingma, J. Ba, ICLR 2015, arXiv:1412.6980, section 7.1; epsilon is Keras's.
 * @throws OptionError if an option is out of range.
 */
export function adamax(options: AdamaxOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('adamax', options);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = rest;
  const config = { beta1, beta2, epsilon };
  checkAdamParameters('adamax', config);
  const rule: UpdateRule<Record<'mean' | 'largest', Tensor>> = {
    name: 'adamax',
    init: ({ shape, dtype }) => ({ mean: zeros(shape, dtype), largest: zeros(shape, dtype) }),
    update({ weight, gradient, state, step, learningRate: rate }) {
      const mean = add(mul(state.mean, beta1), mul(gradient, 1 - beta1));
      const largest = maximum(mul(state.largest, beta2), abs(gradient));
      const move = mul(div(mean, add(largest, epsilon)), rate / (1 - beta1 ** step));
      return { weight: sub(weight, move), state: { mean, largest } };
    },
  };
  return new Optimizer(rule, learningRate, { ...common, config });
}
