import { optionsOf } from '@gradus/tensor/options';
import { adamRule } from './adamRule';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** Options of `adam`. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients, 0 to below 1. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, 0 to below 1. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam: steps of about the learning rate, default 0.001, whatever the size of the gradient. With m
 * and v the means of g and g^2, w <- w - lr sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
 * D. P. Kingma, J. Ba, ICLR 2015, arXiv:1412.6980, the form at the end of section 2, where epsilon is
 * added before the correction of v, as in Keras; PyTorch and TensorFlow.js add it after.
 * @throws OptionError if an option is out of range.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('adam', options);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = rest;
  const config = { beta1, beta2, epsilon };
  return new Optimizer(adamRule('adam', config), learningRate, { ...common, config });
}
