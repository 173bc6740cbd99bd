import { add, div, mul, sqrt, square, sub } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { optionsOf } from '@gradus/tensor/options';
import { checkNumbers, decayFactor, positive } from './checkOptions';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { UpdateRule } from './updateRule';

/** Options of `adadelta`. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Decay of the means of squares, 0 to below 1. Default 0.95. */
  readonly rho?: number;
  /** Keeps divisor and steps away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adadelta: the size of a step is that of the steps before, so that it has the weight's unit. With
 * v <- rho v + (1 - rho) g^2, d = g sqrt(u + epsilon) / sqrt(v + epsilon) and then
 * u <- rho u + (1 - rho) d^2, w <- w - lr d. M. D. Zeiler, arXiv:1212.5701, algorithm 1, which has no
 * learning rate: it is 1 there, and by default 0.001 here and in Keras.
 * @throws OptionError if an option is out of range.
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const { learningRate = 0.001, ...rest } = optionsOf('adadelta', options);
  const { rho = 0.95, epsilon = 1e-7, ...common } = rest;
  checkNumbers('adadelta', decayFactor, { rho });
  checkNumbers('adadelta', positive, { epsilon });
  const root = (x: Tensor): Tensor => sqrt(add(x, epsilon));
  const average = (mean: Tensor, x: Tensor): Tensor => add(mul(mean, rho), mul(square(x), 1 - rho));
  const rule: UpdateRule<Record<'meanSquare' | 'meanSquareMove', Tensor>> = {
    name: 'adadelta',
    init: ({ shape, dtype }) => ({
      meanSquare: zeros(shape, dtype),
      meanSquareMove: zeros(shape, dtype),
    }),
    update({ weight, gradient, state, learningRate: rate }) {
      const meanSquare = average(state.meanSquare, gradient);
      const move = div(mul(gradient, root(state.meanSquareMove)), root(meanSquare));
      const meanSquareMove = average(state.meanSquareMove, move);
      return { weight: sub(weight, mul(move, rate)), state: { meanSquare, meanSquareMove } };
    },
  };
  return new Optimizer(rule, learningRate, { ...common, config: { rho, epsilon } });
}
