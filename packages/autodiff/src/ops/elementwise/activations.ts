import { OptionError, type Tensor } from '@gradus/tensor';
import { composeOp } from '../../composeOp';
import { defineOp } from '../../op';
import { add, div, mul, sub } from './arithmetic';
import { clipNumbers } from './clipNumbers';
import { greater, where } from './comparison';
import { erf, exp, reluGradient, sigmoid, square, tanh } from './elementwise';
import { minimum } from './extremes';

const kinkAtZero = [{ inputs: { x: 'mn' }, kinks: [0] }] as const;
const smooth = [{ inputs: { x: 'mn' } }] as const;

/** x where it is above 0, and `otherwise` elsewhere. */
function positiveOr(x: Tensor, otherwise: Tensor): Tensor {
  return where(greater(x, 0), x, otherwise);
}

function checkAlpha(op: string, alpha: unknown): void {
  if (Number.isFinite(alpha)) return;
  throw new OptionError({ op, expected: 'a finite alpha', received: String(alpha) });
}

/** x between 0 and 6, elementwise: `relu`, cut off. As with `relu`, no gradient passes on the bounds. */
export const relu6 = defineOp({
  name: 'relu6',
  inputs: ['x'],
  shape: ({ x }) => x,
  compute: (backend, { x }, _, out) => clipNumbers(backend, x, { min: 0, max: 6 }, out),
  gradient: (dy, { inputs: { x } }) => ({
    x: (): Tensor => reluGradient(reluGradient(dy, x), sub(6, x)),
  }),
  samples: [{ inputs: { x: 'mn' }, domain: [-2, 8], kinks: [0, 6] }],
});

/** The slope of an activation below 0, or what it tends to. */
export interface AlphaOptions {
  readonly alpha?: number;
}

/**
 * x where it is above 0, and alpha x elsewhere; alpha is 0.3 by default, as in Keras.
 * @throws OptionError unless alpha is finite.
 */
export const leakyRelu = composeOp({
  name: 'leakyRelu',
  inputs: ['x'],
  compute({ x }, { alpha = 0.3 }: AlphaOptions = {}) {
    checkAlpha('leakyRelu', alpha);
    return positiveOr(x, mul(x, alpha));
  },
  samples: [...kinkAtZero, { inputs: { x: 'm' }, attributes: { alpha: 0.5 }, kinks: [0] }],
});

/**
 * x where it is above 0, and alpha (e^x - 1) elsewhere; alpha is 1 by default. D.-A. Clevert, T.
 * Unterthiner, S. Hochreiter, ICLR 2016, arXiv:1511.07289.
 * @throws OptionError unless alpha is finite.
 */
export const elu = composeOp({
  name: 'elu',
  inputs: ['x'],
  compute({ x }, { alpha = 1 }: AlphaOptions = {}) {
    checkAlpha('elu', alpha);
    // What is not chosen must not overflow: 0 times infinity would be a gradient of NaN.
    const below = minimum(x, 0);
    return positiveOr(x, mul(sub(exp(below), 1), alpha));
  },
  samples: [...kinkAtZero, { inputs: { x: 'm' }, attributes: { alpha: 2 }, kinks: [0] }],
});

/**
 * scale elu(x) with the alpha and scale that keep mean 0 and variance 1. G. Klambauer et al.,
 * "Self-normalizing neural networks", NeurIPS 2017, arXiv:1706.02515.
 */
export const selu = composeOp({
  name: 'selu',
  inputs: ['x'],
  compute: ({ x }) => mul(elu(x, { alpha: 1.6732632423543772 }), 1.0507009873554805),
  samples: kinkAtZero,
});

/** Options of `gelu`. */
export interface GeluOptions {
  /** Whether to use tanh in place of the error function. Default false. */
  readonly approximate?: boolean;
}

/**
 * x times the probability that a normal number is below x: x (1 + erf(x / sqrt(2))) / 2; approximate:
 * x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. D. Hendrycks, K. Gimpel, arXiv:1606.08415, section 2.
 */
export const gelu = composeOp({
  name: 'gelu',
  inputs: ['x'],
  compute({ x }, { approximate = false }: GeluOptions = {}) {
    const argument = approximate
      ? mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI))
      : div(x, Math.SQRT2);
    const probability = approximate ? tanh(argument) : erf(argument);
    return mul(mul(x, 0.5), add(probability, 1));
  },
  samples: [...smooth, { inputs: { x: 'm' }, attributes: { approximate: true } }],
});

/** x sigmoid(x), elementwise; also called swish. P. Ramachandran et al., arXiv:1710.05941. */
export const silu = composeOp({
  name: 'silu',
  inputs: ['x'],
  compute: ({ x }) => mul(x, sigmoid(x)),
  samples: smooth,
});

/** relu6(x + 3) / 6, as in Keras 3: straight between -3 and 3. */
export const hardSigmoid = composeOp({
  name: 'hardSigmoid',
  inputs: ['x'],
  compute: ({ x }) => div(relu6(add(x, 3)), 6),
  samples: [{ inputs: { x: 'mn' }, domain: [-4, 4], kinks: [-3, 3] }],
});
