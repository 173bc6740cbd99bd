import { logSoftmax, relu, sigmoid, softmax, softplus, tanh } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';

const byName = {
  linear: (x: Tensor): Tensor => x,
  relu: (x: Tensor): Tensor => relu(x),
  sigmoid: (x: Tensor): Tensor => sigmoid(x),
  tanh: (x: Tensor): Tensor => tanh(x),
  softplus: (x: Tensor): Tensor => softplus(x),
  softmax: (x: Tensor): Tensor => softmax(x),
  logSoftmax: (x: Tensor): Tensor => logSoftmax(x),
} as const;

/** A function applied to a layer's result, by name; `softmax` and `logSoftmax` along the last axis. */
export type Activation = keyof typeof byName;

/**
 * The function that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveActivation(name: Activation = 'linear'): (x: Tensor) => Tensor {
  if (Object.hasOwn(byName, name)) return byName[name];
  throw new OptionError({
    op: 'activation',
    expected: `one of ${Object.keys(byName).join(', ')}`,
    received: `'${String(name)}'`,
  });
}
