import { Variable } from '@gradus/autodiff';
import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { adam, adamW } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, float64, path } from './paths';

describe('adamW', () => {
  it('lets a weight without gradient decay by rate x decay, 0.004 unless given', () => {
    expectPath(path(adamW({ learningRate: 0.5 }), [0, 0]), [0.998, 0.998 ** 2]);
    const options = { learningRate: 0.5, weightDecay: 0.25 };
    expectPath(path(adamW(options), [0, 0]), [0.875, 0.875 ** 2]);
  });

  it('is the formula of Keras: the decay first, then a step of Adam', () => {
    const options = fc.record({
      weightDecay: fc.constantFrom(0, 0.004, 0.5),
      beta1: fc.constantFrom(0, 0.9),
      beta2: fc.constantFrom(0.5, 0.999),
      epsilon: fc.constantFrom(1e-7, 0.1),
    });
    expectFormula(
      options,
      (given) => adamW({ learningRate: 0.25, ...given }),
      ({ weightDecay, beta1, beta2, epsilon }) => {
        let [m, v] = [0, 0];
        return (g, w, t) => {
          m += (g - m) * (1 - beta1);
          v += (g * g - v) * (1 - beta2);
          const rate = (0.25 * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
          return w - w * weightDecay * 0.25 - (rate * m) / (Math.sqrt(v) + epsilon);
        };
      },
    );
  });

  it('is adam without decay, and adam with the option weightDecay', () => {
    const gradients = [1, -3, 0.5];
    expectPath(path(adamW({ weightDecay: 0 }), gradients), path(adam(), gradients));
    const decaying = path(adam({ weightDecay: 0.004 }), gradients);
    expect(path(adamW(), gradients)).to.deep.equal(decaying);
  });

  for (const excluded of [['bias', 'gamma'], (name: string) => name.endsWith('bias')]) {
    it(`leaves weights out by ${typeof excluded === 'function' ? 'a function' : 'parts of names'}`, () => {
      const kernel = new Variable('model/0_dense/kernel', float64(1));
      const bias = new Variable('model/0_dense/bias', float64(1));
      const options = { learningRate: 0.5, weightDecay: 0.5, excludeFromWeightDecay: excluded };
      adamW(options).step([kernel, bias], [float64(0), float64(0)]);
      expect([kernel.value.item(), bias.value.item()]).to.deep.equal([0.75, 1]);
    });
  }

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => adamW({ learningRate: 0.1 }), {
      state: ['mean', 'meanSquare'],
      steps: 200,
      reduction: 1e-4,
    });
  });

  const invalid: readonly [object, string][] = [
    [{ weightDecay: -1 }, 'weightDecay of at least 0; received -1.'],
    [{ weightDecay: null }, 'weightDecay of at least 0; received null.'],
    [
      { excludeFromWeightDecay: 'bias' },
      "excludeFromWeightDecay to be a list of names or a function; received 'bias'.",
    ],
    [
      { excludeFromWeightDecay: [''] },
      "excludeFromWeightDecay to be a list of names or a function; received [''].",
    ],
    [{ beta1: 1 }, 'beta1 of at least 0 and below 1; received 1.'],
  ];
  for (const [options, rest] of invalid) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => adamW(options))
        .to.throw(OptionError)
        .with.property('message', `adamW: expected ${rest}`);
    });
  }
});
