import type { FloatDType, Tensor } from '@gradus/tensor';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  elu,
  exp,
  gelu,
  hardSigmoid,
  leakyRelu,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '../../../../src/index';
import {
  activationLaws,
  activationOf,
  activationProperties,
  engines,
} from '../../../../testing/index';
import { soundActivation, wrongActivations } from './wrongActivations';

// A long run tries as many as it says.
const runs = configuredRuns(5);

const activations = {
  relu,
  relu6,
  leakyRelu,
  elu,
  selu,
  gelu,
  geluTanh: (x: Tensor): Tensor => gelu(x, { approximate: true }),
  silu,
  sigmoid,
  hardSigmoid,
  tanh,
  softplus,
  exponential: exp,
};

describe('The laws of activations', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
      for (const [name, f] of Object.entries(activations)) {
        const properties = activationProperties[name as keyof typeof activations];
        const subject = activationOf(name, (x) => f(x), properties, { dtype, engine });
        it(`hold for ${subject.name}`, () => {
          for (const law of activationLaws) {
            if (law.excuse(subject) === undefined) law.check(subject, { runs });
          }
        });
      }
    }
  }

  for (const [what, parts, name] of wrongActivations) {
    it(`find by ${name} what ${what}`, () => {
      const { properties, ...rest } = { ...soundActivation, ...parts };
      const wrong = { ...rest, properties, name: `what ${what}` };
      const law = activationLaws.find((one) => one.name === `activation/${name}`)!;
      const message = `activation/${name} does not hold for what ${what}: `;
      expect(() => law.check(wrong)).to.throw(message);
    });
  }

  it('each have an error that they find', () => {
    const found = wrongActivations.map(([, , name]) => `activation/${name}`);
    const names = activationLaws.map(({ name }) => name);
    expect([...new Set(found)].sort()).to.deep.equal(names.sort());
  });

  it('say nothing of what is not claimed', () => {
    const nothing = { ...soundActivation, properties: {} };
    const excuses = activationLaws.map((law) => [law.name, law.excuse(nothing)]);
    expect(excuses.filter(([, excuse]) => excuse === undefined)).to.deep.equal([
      ['activation/elementwise', undefined],
    ]);
    expect(Object.fromEntries(excuses)).to.include({
      'activation/convex': 'nothing is said of its convex',
    });
  });
});
