import { add, div, mul, sqrt, square, sub } from '@gradus/autodiff';
import { full, type Tensor } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from './checkOptions';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { UpdateRule } from './updateRule';

/** Options of `adagrad`. */
export interface AdagradOptions extends OptimizerOptions {
  /** Where the sum of squares begins; of at least 0. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adagrad: each element of a weight has a rate of its own, the smaller the more it has moved:
 * s <- s + g^2, w <- w - lr g / sqrt(s + epsilon); default rate 0.001. J. Duchi, E. Hazan, Y. Singer,
 * JMLR 12, 2011, with a diagonal matrix; the first s, and epsilon inside the root, are Keras's.
 * @throws OptionError if an option is out of range.
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('adagrad', options);
  const { initialAccumulatorValue = 0.1, epsilon = 1e-7, ...common } = rest;
  const config = { initialAccumulatorValue, epsilon };
  checkNumbers('adagrad', notNegative, { initialAccumulatorValue });
  checkNumbers('adagrad', positive, { epsilon });
  const rule: UpdateRule<Record<'sumOfSquares', Tensor>> = {
    name: 'adagrad',
    init: ({ shape, dtype }) => ({ sumOfSquares: full(shape, initialAccumulatorValue, dtype) }),
    update({ weight, gradient, state, learningRate: rate }) {
      const sumOfSquares = add(state.sumOfSquares, square(gradient));
      const move = div(mul(gradient, rate), sqrt(add(sumOfSquares, epsilon)));
      return { weight: sub(weight, move), state: { sumOfSquares } };
    },
  };
  return new Optimizer(rule, learningRate, { ...common, config });
}
