import type { ActivationProperties, Asymptote, Line } from './implementation';
import { normalProbability } from './normalProbability';

const zero: Line = { slope: 0, height: 0 };
const one: Line = { slope: 0, height: 1 };
const half: Line = { slope: 0, height: 0.5 };
const identity: Line = { slope: 1, height: 0 };
const halfOfIdentity: Line = { slope: 0.5, height: 0 };

/** Beyond 40 e^-x is less than the rounding of 1, even when it is multiplied with x. */
const far = 40;

function from(beyond: number, line: Line): Asymptote {
  return { ...line, beyond };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function elu(x: number, alpha = 1): number {
  return x > 0 ? x : alpha * Math.expm1(x);
}

/** The alpha and the scale of G. Klambauer et al., arXiv:1706.02515. */
const selu = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

const linear = {
  definition: (x) => x,
  range: [-Infinity, Infinity],
  monotone: true,
  convex: true,
  lipschitz: 1,
  symmetry: { parity: 'odd', about: zero },
  homogeneous: true,
  left: from(0, identity),
  right: from(0, identity),
} as const satisfies ActivationProperties;

const silu = {
  definition: (x) => x * sigmoid(x),
  range: [-0.2784645427610738, Infinity],
  lipschitz: 1.0998393194450876,
  symmetry: { parity: 'even', about: halfOfIdentity },
  left: from(far, zero),
  right: from(far, identity),
} as const satisfies ActivationProperties;

/**
 * What is known of the activations by their names in Keras, with their defaults: which laws apply to
 * them. An activation of one's own is described likewise.
 */
export const activationProperties = {
  linear,
  relu: {
    definition: (x) => Math.max(x, 0),
    range: [0, Infinity],
    monotone: true,
    convex: true,
    lipschitz: 1,
    symmetry: { parity: 'even', about: halfOfIdentity },
    homogeneous: true,
    left: from(0, zero),
    right: from(0, identity),
    kinks: [0],
  },
  relu6: {
    definition: (x) => Math.min(Math.max(x, 0), 6),
    range: [0, 6],
    monotone: true,
    lipschitz: 1,
    left: from(0, zero),
    right: from(6, { slope: 0, height: 6 }),
    kinks: [0, 6],
  },
  leakyRelu: {
    definition: (x) => Math.max(x, 0.3 * x),
    range: [-Infinity, Infinity],
    monotone: true,
    convex: true,
    lipschitz: 1,
    symmetry: { parity: 'even', about: { slope: 0.65, height: 0 } },
    homogeneous: true,
    left: from(0, { slope: 0.3, height: 0 }),
    right: from(0, identity),
    kinks: [0],
  },
  elu: {
    definition: elu,
    range: [-1, Infinity],
    monotone: true,
    convex: true,
    lipschitz: 1,
    left: from(far, { slope: 0, height: -1 }),
    right: from(0, identity),
    // The second derivative jumps there.
    kinks: [0],
  },
  selu: {
    definition: (x) => selu.scale * elu(x, selu.alpha),
    range: [-selu.scale * selu.alpha, Infinity],
    monotone: true,
    // Steeper on the left of 0 than on the right: neither convex nor below its slope on the right.
    lipschitz: selu.scale * selu.alpha,
    left: from(far, { slope: 0, height: -selu.scale * selu.alpha }),
    right: from(0, { slope: selu.scale, height: 0 }),
    kinks: [0],
  },
  gelu: {
    definition: (x) => x * normalProbability(x),
    range: [-0.16997120747990369, Infinity],
    // At sqrt(2), where the slope is Phi + x phi, and phi'(x) = -x phi.
    lipschitz: normalProbability(Math.SQRT2) + Math.exp(-1) / Math.sqrt(Math.PI),
    symmetry: { parity: 'even', about: halfOfIdentity },
    left: from(10, zero),
    right: from(10, identity),
  },
  geluTanh: {
    definition: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    range: [-0.17004075057125406, Infinity],
    lipschitz: 1.1289930686587717,
    symmetry: { parity: 'even', about: halfOfIdentity },
    left: from(10, zero),
    right: from(10, identity),
  },
  silu,
  swish: silu,
  sigmoid: {
    definition: sigmoid,
    range: [0, 1],
    monotone: true,
    lipschitz: 0.25,
    symmetry: { parity: 'odd', about: half },
    left: from(far, zero),
    right: from(far, one),
  },
  hardSigmoid: {
    definition: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
    range: [0, 1],
    monotone: true,
    lipschitz: 1 / 6,
    symmetry: { parity: 'odd', about: half },
    left: from(3, zero),
    right: from(3, one),
    kinks: [-3, 3],
  },
  tanh: {
    definition: Math.tanh,
    range: [-1, 1],
    monotone: true,
    lipschitz: 1,
    symmetry: { parity: 'odd', about: zero },
    left: from(far, { slope: 0, height: -1 }),
    right: from(far, one),
  },
  softplus: {
    definition: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    range: [0, Infinity],
    monotone: true,
    convex: true,
    lipschitz: 1,
    symmetry: { parity: 'even', about: halfOfIdentity },
    left: from(far, zero),
    right: from(far, identity),
  },
  exponential: {
    definition: Math.exp,
    range: [0, Infinity],
    monotone: true,
    convex: true,
    left: from(far, zero),
  },
} as const satisfies Readonly<Record<string, ActivationProperties>>;
