import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { adamax } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, path } from './paths';

describe('adamax', () => {
  it('goes three steps as worked by hand, with both decays 1/2 and epsilon 1', () => {
    // m: 3/2 | -1/4 | 7/8; u + 1: 4 | 3 (u = max(3/2, 2)) | 3; 1 - (1/2)^t: 1/2 | 3/4 | 7/8
    const optimizer = adamax({ learningRate: 1, beta1: 0.5, beta2: 0.5, epsilon: 1 });
    const [a, b, c] = [3 / 2 / 4 / (1 / 2), -1 / 4 / 3 / (3 / 4), 7 / 8 / 3 / (7 / 8)];
    expectPath(path(optimizer, [3, -2, 2]), [1 - a, 1 - a - b, 1 - a - b - c]);
  });

  it('moves by about the learning rate at first, 0.001 unless given', () => {
    expectPath(path(adamax(), [-7]), [1 + (0.001 * 7) / (7 + 1e-7)]);
  });

  it('is the formula of Keras', () => {
    const options = fc.record({
      beta1: fc.constantFrom(0, 0.9),
      beta2: fc.constantFrom(0, 0.5, 0.999),
      epsilon: fc.constantFrom(1e-7, 0.1),
    });
    expectFormula(
      options,
      (given) => adamax({ learningRate: 0.5, ...given }),
      ({ beta1, beta2, epsilon }) => {
        let [m, u] = [0, 0];
        return (g, w, t) => {
          m += (g - m) * (1 - beta1);
          u = Math.max(beta2 * u, Math.abs(g));
          return w - (0.5 * m) / ((1 - beta1 ** t) * (u + epsilon));
        };
      },
    );
  });

  it('leaves a weight without gradient where it is', () => {
    expect(path(adamax(), [0, 0])).to.deep.equal([1, 1]);
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => adamax({ learningRate: 0.1 }), {
      state: ['mean', 'largest'],
      steps: 300,
      reduction: 1e-3,
    });
  });

  it('refuses options out of range', () => {
    expect(() => adamax({ beta2: 1 }))
      .to.throw(OptionError)
      .with.property('message', 'adamax: expected beta2 of at least 0 and below 1; received 1.');
  });
});
