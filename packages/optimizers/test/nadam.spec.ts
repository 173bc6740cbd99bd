import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { nadam } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, path } from './paths';

describe('nadam', () => {
  it('goes one step as worked by hand, with beta1 1/2, beta2 3/4 and epsilon 1', () => {
    // mu(1) = (1 - 0.48) / 2 = 0.26, mu(2) = (1 - 0.4608) / 2 = 0.2696; m = 1, v / (1 - 3/4) = 4
    const ahead = 0.2696 / (1 - 0.26 * 0.2696) + (0.74 * 2) / 0.74;
    const found = path(nadam({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1 }), [2]);
    expectPath(found, [1 - ahead / 3]);
  });

  it('is the formula of Keras, with its defaults', () => {
    const options = fc.record(
      {
        learningRate: fc.constantFrom(0.001, 0.5),
        beta1: fc.constantFrom(0, 0.5, 0.9),
        beta2: fc.constantFrom(0, 0.5, 0.999),
        epsilon: fc.constantFrom(1e-7, 0.1),
      },
      { requiredKeys: [] },
    );
    expectFormula(
      options,
      (given) => nadam(given),
      ({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }) => {
        let [m, v, product] = [0, 0, 1];
        const mu = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** t);
        return (g, w, t) => {
          product *= mu(t);
          m += (g - m) * (1 - beta1);
          v += (g * g - v) * (1 - beta2);
          const ahead =
            (mu(t + 1) * m) / (1 - product * mu(t + 1)) + ((1 - mu(t)) * g) / (1 - product);
          return w - (learningRate * ahead) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
        };
      },
    );
  });

  it('follows that formula for hundreds of steps, in which the product all but vanishes', () => {
    const gradients = Array.from({ length: 400 }, (_, i) => Math.cos(i / 7) + 0.5);
    let [m, v, product, w] = [0, 0, 1, 1];
    const mu = (t: number): number => 0.9 * (1 - 0.5 * 0.96 ** t);
    const expected = gradients.map((g, i) => {
      product *= mu(i + 1);
      m += (g - m) * 0.1;
      v += (g * g - v) * 0.001;
      const next = mu(i + 2);
      const ahead = (next * m) / (1 - product * next) + ((1 - mu(i + 1)) * g) / (1 - product);
      w -= (0.001 * ahead) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-7);
      return w;
    });
    expectPath(path(nadam(), gradients), expected);
  });

  it('leaves a weight without gradient where it is', () => {
    expect(path(nadam(), [0, 0])).to.deep.equal([1, 1]);
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => nadam({ learningRate: 0.1 }), {
      state: ['mean', 'meanSquare'],
      steps: 200,
      reduction: 1e-3,
    });
  });

  it('refuses options out of range', () => {
    expect(() => nadam({ beta1: 1 }))
      .to.throw(OptionError)
      .with.property('message', 'nadam: expected beta1 of at least 0 and below 1; received 1.');
  });
});
