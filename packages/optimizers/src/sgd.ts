import { add, mul, sub, newTensor } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { checkFlags, optionsOf } from '@gradus/tensor/options';
import { checkNumbers, decayFactor } from './checkOptions';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { UpdateRule } from './updateRule';

/** Options of `sgd`. */
export interface SgdOptions extends OptimizerOptions {
  /** How much of the last step is kept, 0 to below 1. Default 0: plain gradient descent. */
  readonly momentum?: number;
  /** Whether the gradient acts once more ahead of the momentum. Default false. */
  readonly nesterov?: boolean;
}

/**
 * Gradient descent. Without momentum w <- w - lr g. With it a velocity v <- mu v - lr g is kept, and
 * w <- w + v (B. T. Polyak 1964), or w <- w + mu v - lr g with `nesterov` (I. Sutskever et al., ICML
 * 2013, in the form of Keras). The default rate is 0.01.
 * @throws OptionError if an option is out of range.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { learningRate = 0.01, ...rest } = optionsOf('sgd', options);
  const { momentum = 0, nesterov = false, ...common } = rest;
  checkNumbers('sgd', decayFactor, { momentum });
  checkFlags('sgd', { nesterov });
  const rule = momentum === 0 ? plain : withMomentum(momentum, nesterov);
  return new Optimizer(rule, learningRate, { ...common, config: { momentum, nesterov } });
}

const plain: UpdateRule<Record<string, Tensor>> = {
  name: 'sgd',
  init: () => ({}),
  update: ({ weight, gradient, state, learningRate }) => ({
    weight: sub(weight, mul(gradient, learningRate)),
    state,
  }),
};

function withMomentum(momentum: number, nesterov: boolean): UpdateRule<Record<string, Tensor>> {
  return {
    name: 'sgd',
    init: (weight) => ({ velocity: zeros(weight.shape, weight.dtype) }),
    update({ weight, gradient, state, learningRate }) {
      const step = mul(gradient, learningRate);
      const velocity = sub(mul(state['velocity']!, momentum), step);
      const move = nesterov ? sub(mul(velocity, momentum), step) : velocity;
      return { weight: add(weight, move), state: { velocity } };
    },
    updateAtOnce(engine, { weight, gradient, state, learningRate: rate }) {
      if (engine.momentum === undefined) return undefined;
      const out = {
        weight: newTensor(engine, weight.dtype, weight.shape),
        velocity: newTensor(engine, weight.dtype, weight.shape),
      };
      const velocity = state['velocity']!;
      engine.momentum({ weight, gradient, velocity, rate, momentum, nesterov, out });
      return { weight: out.weight, state: { velocity: out.velocity } };
    },
  };
}
