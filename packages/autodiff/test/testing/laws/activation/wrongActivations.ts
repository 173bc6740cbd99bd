import { mapped } from '@gradus/tensor/testing';
import {
  activationProperties,
  type ActivationImplementation,
  type ActivationProperties,
} from '../../../../testing/index';

/** What is wrong, how it is computed or what is claimed of it, and the law that must say so. */
type Wrong = readonly [what: string, parts: Partial<ActivationImplementation>, law: string];

const { tanh, softplus, sigmoid, relu, silu } = activationProperties;

/** A right one, in plain numbers. */
export const soundActivation: ActivationImplementation = claimed(
  tanh,
  Math.tanh,
  (x) => 1 - Math.tanh(x) ** 2,
);

/** A function of one number, its slope, and what is claimed of it. */
function claimed(
  properties: ActivationProperties,
  f: (x: number) => number,
  slope: (x: number) => number = () => NaN,
): ActivationImplementation {
  return {
    name: 'plain numbers',
    dtype: 'float64',
    properties,
    activate: (x) => mapped(x, f),
    slope: (x) => mapped(x, slope),
  };
}

const logistic = sigmoid.definition;

/** Errors that people make in activations. */
export const wrongActivations: readonly Wrong[] = [
  [
    'depends on the place',
    { activate: (x) => mapped(x, (value, n) => Math.tanh(value) + n) },
    'elementwise',
  ],
  ['is another function', claimed(tanh, (x) => 2 * logistic(x) - 1), 'definition'],
  ['leaves the range', claimed(tanh, (x) => 1.1 * Math.tanh(x)), 'range'],
  ['falls', claimed({ monotone: true }, silu.definition), 'monotone'],
  ['is bent both ways', claimed({ convex: true }, silu.definition), 'convex'],
  ['is too steep', claimed({ lipschitz: 1 }, silu.definition), 'lipschitz'],
  [
    'is not symmetric about its line',
    claimed(sigmoid, (x) => Math.min(logistic(x), 0.9)),
    'symmetry',
  ],
  ['has a bend of its own', claimed(relu, (x) => Math.max(x, 0.01 * x - 1)), 'homogeneous'],
  ['does not vanish on the left', claimed(silu, (x) => Math.max(x, 0.01 * x)), 'left-asymptote'],
  ['overflows', claimed(softplus, (x) => Math.log(1 + Math.exp(x))), 'right-asymptote'],
  [
    'has the slope of another function',
    claimed(tanh, Math.tanh, (x) => 1 - Math.tanh(x)),
    'slope-of-definition',
  ],
  [
    'has a slope of the wrong sign',
    claimed(tanh, Math.tanh, (x) => Math.tanh(x) ** 2 - 1),
    'slope-sign',
  ],
  [
    'has twice the slope',
    claimed(tanh, Math.tanh, (x) => 2 - 2 * Math.tanh(x) ** 2),
    'slope-bound',
  ],
  [
    'has half the slope',
    claimed(softplus, softplus.definition, (x) => logistic(x) / 2),
    'above-its-tangents',
  ],
  [
    'has the slope of 0 on the left',
    claimed(softplus, softplus.definition, (x) => (x > 0 ? logistic(x) : 0)),
    'slope-symmetry',
  ],
];
