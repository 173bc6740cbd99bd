import { OptionError, tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { resolveActivation, type Activation } from '../src/index';

const x = tensor(Float64Array.of(-2, -0.5, 0, 0.5, 2));
/** Of the powers of the whole row. */
const total = x.toTypedArray().reduce((sum, v) => sum + Math.exp(v), 0);
const definitions: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (v) => v,
  relu: (v) => (v > 0 ? v : 0),
  sigmoid: (v) => 1 / (1 + Math.exp(-v)),
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

  for (const name of ['Relu', 'toString', '']) {
    it(`cannot be called '${name}'`, () => {
      expect(() => resolveActivation(name as Activation))
        .to.throw(OptionError)
        .with.property(
          'message',
          'activation: expected one of linear, relu, sigmoid, tanh, softplus, softmax, ' +
            `logSoftmax; received '${name}'.`,
        );
    });
  }
});
