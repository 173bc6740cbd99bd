import {
  elu,
  exp,
  gelu,
  hardSigmoid,
  leakyRelu,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { namedOption } from '../options/namedOption';

/** A function of a tensor that keeps its shape. */
export type ActivationFunction = (x: Tensor) => Tensor;

const byName = {
  linear: (x: Tensor): Tensor => x,
  relu: (x: Tensor): Tensor => relu(x),
  relu6: (x: Tensor): Tensor => relu6(x),
  leakyRelu: (x: Tensor): Tensor => leakyRelu(x),
  elu: (x: Tensor): Tensor => elu(x),
  selu: (x: Tensor): Tensor => selu(x),
  gelu: (x: Tensor): Tensor => gelu(x),
  geluTanh: (x: Tensor): Tensor => gelu(x, { approximate: true }),
  silu: (x: Tensor): Tensor => silu(x),
  swish: (x: Tensor): Tensor => silu(x),
  sigmoid: (x: Tensor): Tensor => sigmoid(x),
  hardSigmoid: (x: Tensor): Tensor => hardSigmoid(x),
  tanh: (x: Tensor): Tensor => tanh(x),
  softplus: (x: Tensor): Tensor => softplus(x),
  exponential: (x: Tensor): Tensor => exp(x),
  softmax: (x: Tensor): Tensor => softmax(x),
  logSoftmax: (x: Tensor): Tensor => logSoftmax(x),
} as const;

/** The names of activations; `softmax` and `logSoftmax` are along the last axis. */
export type ActivationName = keyof typeof byName;

/**
 * A function applied to a layer's result: the name of one with its defaults, or any that keeps the
 * shape. A function of one's own can be saved under a registered name only; see `layerToJson`.
 */
export type Activation = ActivationName | ActivationFunction;

/**
 * The function that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveActivation(activation: Activation = 'linear'): ActivationFunction {
  return namedOption<ActivationFunction>('activation', activation, {
    byName: factories,
    isOne: (x): x is ActivationFunction => typeof x === 'function',
  });
}

const factories = Object.fromEntries(
  Object.entries(byName).map(([name, activation]) => [name, () => activation]),
);
