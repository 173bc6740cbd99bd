import { add, div, mul, sqrt, square, sub } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';
import { checkAdamParameters } from './adamRule';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { UpdateRule } from './updateRule';

/** Options of `nadam`. */
export interface NadamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients, 0 to below 1; the first steps use about half of it. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, 0 to below 1. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam, default rate 0.001, with Nesterov's momentum: T. Dozat, "Incorporating Nesterov momentum into
 * Adam", ICLR 2016 workshop, algorithm 2, in the form of Keras 3. The momentum of step t is
 * mu(t) = beta1 (1 - 0.96^t / 2), and P(t) is the product of the first t; with m and v the means of g
 * and g^2 that decay by beta1 and beta2, the step is
 *
 *     m^ = mu(t + 1) m / (1 - P(t + 1)) + (1 - mu(t)) g / (1 - P(t))
 *     w <- w - lr m^ / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * Dozat lets the momentum grow more slowly, by 0.96^(t / 250), and uses it for m, too.
 * @throws OptionError if an option is out of range.
 */
export function nadam(options: NadamOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('nadam', options);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...common } = rest;
  const config = { beta1, beta2, epsilon };
  checkAdamParameters('nadam', config);
  const rule: UpdateRule<Record<'mean' | 'meanSquare', Tensor>> = {
    name: 'nadam',
    init: ({ shape, dtype }) => ({ mean: zeros(shape, dtype), meanSquare: zeros(shape, dtype) }),
    update({ weight, gradient, state, step, learningRate: rate }) {
      const mean = add(mul(state.mean, beta1), mul(gradient, 1 - beta1));
      const meanSquare = add(mul(state.meanSquare, beta2), mul(square(gradient), 1 - beta2));
      const [now, next] = [beta1 * growth(step), beta1 * growth(step + 1)];
      const [product, nextProduct] = [step, step + 1].map((t) => beta1 ** t * growthUpTo(t));
      const ahead = add(
        mul(mean, next / (1 - nextProduct!)),
        mul(gradient, (1 - now) / (1 - product!)),
      );
      const divisor = add(sqrt(div(meanSquare, 1 - beta2 ** step)), epsilon);
      return { weight: sub(weight, mul(div(ahead, divisor), rate)), state: { mean, meanSquare } };
    },
  };
  return new Optimizer(rule, learningRate, { ...common, config });
}

/** Which part of its last value the momentum has at a step: from 0.52 at step 1 to 1. */
function growth(step: number): number {
  return 1 - 0.96 ** step / 2;
}

/** The product of `growth` over the first steps; after about 900 of them its factors are 1. */
function growthUpTo(steps: number): number {
  let product = 1;
  for (let step = 1; step <= steps && growth(step) < 1; step++) product *= growth(step);
  return product;
}
