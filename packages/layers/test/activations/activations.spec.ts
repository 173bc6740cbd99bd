import { mul } from '@gradus/autodiff';
import { OptionError, Random, tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  dense,
  resolveActivation,
  rootScope,
  type Activation,
  type ActivationName,
} from '../../src/index';

const x = tensor(Float64Array.of(-2, -0.5, 0, 0.5, 2));
/** The probability that a normal number is below x (tables of the normal distribution). */
const normalBelow: Readonly<Record<number, number>> = {
  [-2]: 0.022750131948179207,
  [-0.5]: 0.3085375387259869,
  0: 0.5,
  0.5: 0.6914624612740131,
  2: 0.9772498680518208,
};
/** Of the powers of the whole row. */
const total = x.toTypedArray().reduce((sum, v) => sum + Math.exp(v), 0);
const definitions: Readonly<Record<ActivationName, (x: number) => number>> = {
  linear: (v) => v,
  relu: (v) => (v > 0 ? v : 0),
  relu6: (v) => Math.min(Math.max(v, 0), 6),
  leakyRelu: (v) => (v > 0 ? v : 0.3 * v),
  elu: (v) => (v > 0 ? v : Math.exp(v) - 1),
  selu: (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.exp(v) - 1)),
  gelu: (v) => v * normalBelow[v]!,
  geluTanh: (v) => (v / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
  silu: (v) => v / (1 + Math.exp(-v)),
  swish: (v) => v / (1 + Math.exp(-v)),
  sigmoid: (v) => 1 / (1 + Math.exp(-v)),
  hardSigmoid: (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1),
  exponential: (v) => Math.exp(v),
  tanh: (v) => (Math.exp(2 * v) - 1) / (Math.exp(2 * v) + 1),
  softplus: (v) => Math.log(1 + Math.exp(v)),
  softmax: (v) => Math.exp(v) / total,
  logSoftmax: (v) => Math.log(Math.exp(v) / total),
};

describe('An activation', () => {
  for (const [name, definition] of Object.entries(definitions)) {
    it(`called ${name} is its formula`, () => {
      const expected = tensor(x.toTypedArray().map(definition));
      expectClose(resolveActivation(name as Activation)(x), expected, { relative: 1e-14 });
    });
  }

  it('is linear unless named', () => {
    expect(resolveActivation()(x)).to.equal(x);
  });

  it('may be any function', () => {
    const twice = (y: Tensor): Tensor => mul(y, 2);
    expect(resolveActivation(twice)).to.equal(twice);
    const scope = rootScope('model', { random: new Random(0), dtype: 'float64' });
    const options = { kernelInitializer: 'ones', biasInitializer: 'ones' } as const;
    const call = dense({ units: 1, activation: twice, ...options }).build([5], scope);
    const y = call(tensor(x.toTypedArray(), [1, 5]), { training: false, random: new Random(0) });
    // The numbers add up to 0, the bias is 1.
    expect(y.toArray()).to.deep.equal([[2]]);
  });

  for (const [what, option] of [
    ['null', null],
    ['NaN', NaN],
    ['an object', {}],
  ] as const) {
    it(`cannot be ${what}`, () => {
      expect(() => resolveActivation(option as never))
        .to.throw(OptionError)
        .with.property('received', what);
    });
  }

  for (const name of ['Relu', 'toString', '']) {
    it(`cannot be called '${name}'`, () => {
      expect(() => resolveActivation(name as Activation))
        .to.throw(OptionError)
        .with.property(
          'message',
          'activation: expected one of linear, relu, relu6, leakyRelu, elu, selu, gelu, geluTanh, ' +
            'silu, swish, sigmoid, hardSigmoid, tanh, softplus, exponential, softmax, logSoftmax; ' +
            `received '${name}'.`,
        );
    });
  }
});
