import { add, div, mul, newTensor, sqrt, square, sub } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { checkNumbers, decayFactor, positive } from './checkOptions';
import type { UpdateRule } from './updateRule';

/** What Adam and its variants are set by. */
export interface AdamParameters {
  /** Decay of the mean of gradients, 0 to below 1. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients, 0 to below 1. */
  readonly beta2: number;
  /** Keeps the divisor away from 0; above 0. */
  readonly epsilon: number;
}

/** @throws OptionError that names the first parameter out of range. */
export function checkAdamParameters(op: string, { beta1, beta2, epsilon }: AdamParameters): void {
  checkNumbers(op, decayFactor, { beta1, beta2 });
  // A weight that never had a gradient would be divided 0 by 0 without it.
  checkNumbers(op, positive, { epsilon });
}

/**
 * The rule of `adam`, and of `adamW`, whose decay is the optimizer's business.
 * @param name the optimizer's.
 * @throws OptionError if a parameter is out of range.
 */
export function adamRule(
  name: string,
  parameters: AdamParameters,
): UpdateRule<Record<'mean' | 'meanSquare', Tensor>> {
  checkAdamParameters(name, parameters);
  const { beta1, beta2, epsilon } = parameters;
  const corrected = (rate: number, step: number): number =>
    (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  return {
    name,
    init: ({ shape, dtype }) => ({ mean: zeros(shape, dtype), meanSquare: zeros(shape, dtype) }),
    update({ weight, gradient, state, step, learningRate }) {
      const mean = add(mul(state.mean, beta1), mul(gradient, 1 - beta1));
      const meanSquare = add(mul(state.meanSquare, beta2), mul(square(gradient), 1 - beta2));
      const move = mul(div(mean, add(sqrt(meanSquare), epsilon)), corrected(learningRate, step));
      return { weight: sub(weight, move), state: { mean, meanSquare } };
    },
    updateAtOnce(engine, { weight, gradient, state, step, learningRate }) {
      if (engine.adam === undefined) return undefined;
      const out = {
        weight: newTensor(engine, weight.dtype, weight.shape),
        mean: newTensor(engine, weight.dtype, weight.shape),
        meanSquare: newTensor(engine, weight.dtype, weight.shape),
      };
      const decays = { beta1, beta2, epsilon, rate: corrected(learningRate, step) };
      engine.adam({ weight, gradient, ...state, ...decays, out });
      return { weight: out.weight, state: { mean: out.mean, meanSquare: out.meanSquare } };
    },
  };
}
