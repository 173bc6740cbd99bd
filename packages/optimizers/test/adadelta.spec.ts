import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { adadelta } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, path } from './paths';

describe('adadelta', () => {
  it('goes two steps as worked by hand, with rho 1/2 and epsilon 1', () => {
    // g = sqrt 6: v + 1 = 4, d = sqrt(6) sqrt(1) / 2, u = 6 / 8 = 3/4
    // g = 5: v + 1 = 3/2 + 25/2 + 1 = 15, d = 5 sqrt(7/4) / sqrt(15)
    const first = 1 - Math.sqrt(6) / 2;
    const found = path(adadelta({ learningRate: 1, rho: 0.5, epsilon: 1 }), [Math.sqrt(6), 5]);
    expectPath(found, [first, first - 5 * Math.sqrt(1.75 / 15)]);
  });

  it('has the defaults of Keras', () => {
    expectPath(path(adadelta(), [1]), [1 - 0.001 * Math.sqrt(1e-7 / (0.05 + 1e-7))]);
  });

  it('is the formula of Keras', () => {
    const options = fc.record({
      rho: fc.constantFrom(0, 0.5, 0.95),
      epsilon: fc.constantFrom(1e-3, 0.1),
    });
    expectFormula(
      options,
      (given) => adadelta({ learningRate: 0.5, ...given }),
      ({ rho, epsilon }) => {
        let [v, u] = [0, 0];
        return (g, w) => {
          v = rho * v + (1 - rho) * g * g;
          const d = (-g * Math.sqrt(u + epsilon)) / Math.sqrt(v + epsilon);
          u = rho * u + (1 - rho) * d * d;
          return w + 0.5 * d;
        };
      },
    );
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => adadelta({ learningRate: 1, epsilon: 1e-1 }), {
      state: ['meanSquare', 'meanSquareMove'],
      steps: 100,
      reduction: 1e-2,
    });
  });

  it('refuses options out of range', () => {
    expect(() => adadelta({ rho: 1 }))
      .to.throw(OptionError)
      .with.property('message', 'adadelta: expected rho of at least 0 and below 1; received 1.');
    expect(() => adadelta({ epsilon: -1 }))
      .to.throw(OptionError)
      .with.property('message', 'adadelta: expected epsilon above 0; received -1.');
  });
});
