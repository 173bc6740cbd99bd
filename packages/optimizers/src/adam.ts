import { add, div, mul, sqrt, square, sub, newTensor } from '@gradus/autodiff';
import { OptionError, zeros, type Tensor } from '@gradus/tensor';
import { Optimizer, type UpdateRule } from './optimizer';
import type { LearningRate } from './schedule';

/** Options of `adam`. */
export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: LearningRate;
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the divisor away from 0; above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam: steps of about the learning rate, whatever the size of the gradient. With m and v the means
 * of g and g^2, w <- w - lr sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). D. P. Kingma,
 * J. Ba, ICLR 2015, arXiv:1412.6980, the form at the end of section 2, where epsilon is added before
 * the correction of v, as in Keras; PyTorch and TensorFlow.js add it after.
 * @throws OptionError if an option is out of range.
 */
export function adam({
  learningRate = 0.001,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: AdamOptions = {}): Optimizer {
  checkDecay('beta1', beta1);
  checkDecay('beta2', beta2);
  checkEpsilon(epsilon);
  const corrected = (rate: number, step: number): number =>
    (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const rule: UpdateRule<Record<'mean' | 'meanSquare', Tensor>> = {
    name: 'adam',
    init: ({ shape, dtype }) => ({ mean: zeros(shape, dtype), meanSquare: zeros(shape, dtype) }),
    update({ weight, gradient, state, step, learningRate: rate }) {
      const mean = add(mul(state.mean, beta1), mul(gradient, 1 - beta1));
      const meanSquare = add(mul(state.meanSquare, beta2), mul(square(gradient), 1 - beta2));
      const move = mul(div(mean, add(sqrt(meanSquare), epsilon)), corrected(rate, step));
      return { weight: sub(weight, move), state: { mean, meanSquare } };
    },
    updateAtOnce(engine, { weight, gradient, state, step, learningRate: rate }) {
      if (engine.adam === undefined) return undefined;
      const out = {
        weight: newTensor(engine, weight.dtype, weight.shape),
        mean: newTensor(engine, weight.dtype, weight.shape),
        meanSquare: newTensor(engine, weight.dtype, weight.shape),
      };
      const decays = { beta1, beta2, epsilon, rate: corrected(rate, step) };
      engine.adam({ weight, gradient, ...state, ...decays, out });
      return { weight: out.weight, state: { mean: out.mean, meanSquare: out.meanSquare } };
    },
  };
  return new Optimizer(rule, learningRate);
}

function checkDecay(name: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new OptionError({
    op: 'adam',
    expected: `${name} of at least 0 and below 1`,
    received: String(value),
  });
}

/** A weight that never had a gradient would be divided 0 by 0 without it. */
function checkEpsilon(epsilon: number): void {
  if (epsilon > 0 && epsilon < Infinity) return;
  throw new OptionError({ op: 'adam', expected: 'epsilon above 0', received: String(epsilon) });
}
