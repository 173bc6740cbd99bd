import { optionsOf } from '@gradus/tensor/options';
import type { AdamOptions } from './adam';
import { adamRule } from './adamRule';
import { Optimizer } from './optimizer';

/** Options of `adamW`. */
export interface AdamWOptions extends AdamOptions {
  /** Each step begins with w <- w - lr weightDecay w; of at least 0. Default 0.004. */
  readonly weightDecay?: number;
}

/**
 * Adam, default rate 0.001, with weights that decay beside the step instead of through the gradient,
 * so that Adam's divisor does not weaken the decay: I. Loshchilov, F. Hutter, "Decoupled weight decay
 * regularization", ICLR 2019, arXiv:1711.05101, algorithm 2. As in Keras, the decay is multiplied by
 * the learning rate, and comes first. Biases and the like may be left out by name.
 * @throws OptionError if an option is out of range.
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const { learningRate = 0.001, weightDecay = 0.004, ...rest } = optionsOf('adamW', options);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = rest;
  const config = { beta1, beta2, epsilon };
  const rule = adamRule('adamW', config);
  return new Optimizer(rule, learningRate, { ...common, weightDecay, config });
}
