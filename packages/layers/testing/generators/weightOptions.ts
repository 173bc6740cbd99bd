import { inCode, withCode } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { constraints, initializers, regularizers } from '../../src/index';
import { some } from './layerCase';

/** A thing that writes itself as the call that makes it. */
function made<T extends object, C>(
  make: (options: C) => T,
  path: string,
  options: fc.Arbitrary<C>,
): fc.Arbitrary<T> {
  return options.map((given) =>
    withCode(make(given), () => `${path}.${make.name}(${inCode(given)})`),
  );
}

const factors = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);

/** Initializers for kernels. */
export const kernelInitializers = fc.oneof(
  fc.constantFrom('glorotUniform', 'heNormal', 'orthogonal', 'randomNormal', 'lecunUniform'),
  made(initializers.constant, 'initializers', factors),
  made(
    initializers.truncatedNormal,
    'initializers',
    factors.map((standardDeviation) => ({ standardDeviation })),
  ),
);

/** Initializers for weights of any shape. */
export const vectorInitializers = fc.constantFrom('zeros', 'ones', 'randomUniform');

/** What weights may add to the loss. */
export const weightRegularizers = fc.oneof(
  fc.constantFrom('l1', 'l2', 'l1l2'),
  made(
    regularizers.l2,
    'regularizers',
    factors.map((l2) => ({ l2 })),
  ),
);

/** What may be done to weights after a step. */
export const weightConstraints = fc.oneof(
  fc.constantFrom('nonNeg', 'maxNorm', 'unitNorm'),
  made(
    constraints.maxNorm,
    'constraints',
    factors.map((maxValue) => ({ maxValue, axis: 0 })),
  ),
);

/** The names of activations that keep numbers of a few units to such. */
export const activationNames = fc.constantFrom(
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'swish',
  'sigmoid',
  'hardSigmoid',
  'tanh',
  'softplus',
  'softmax',
  'logSoftmax',
);

/** Options of a layer's bias, and its activation. */
export const biasOptions = {
  useBias: fc.boolean(),
  biasInitializer: vectorInitializers,
  biasRegularizer: weightRegularizers,
  biasConstraint: fc.constant('nonNeg'),
  activation: activationNames,
  trainable: fc.boolean(),
} as const;

/** Options of a layer with a kernel, a bias and an activation. */
export const kernelOptions = some({
  kernelInitializer: kernelInitializers,
  kernelRegularizer: weightRegularizers,
  kernelConstraint: weightConstraints,
  ...biasOptions,
});
