import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { adagrad } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, path } from './paths';

describe('adagrad', () => {
  it('goes three steps as worked by hand, from a sum of squares of 3', () => {
    // s + epsilon: 3 + 1 + 0.25 - 0.25 = 4 | 16 (g^2 = 12) | 25 (g = 3)
    const optimizer = adagrad({ learningRate: 1, initialAccumulatorValue: 2.75, epsilon: 0.25 });
    const gradients = [1, Math.sqrt(12), -3];
    const first = 1 - 1 / 2;
    const second = first - Math.sqrt(12) / 4;
    expectPath(path(optimizer, gradients), [first, second, second + 3 / 5]);
  });

  it('has the defaults of Keras', () => {
    expectPath(path(adagrad(), [1]), [1 - 0.001 / Math.sqrt(1.1 + 1e-7)]);
  });

  it('is the formula of Keras', () => {
    const options = fc.record({
      initialAccumulatorValue: fc.constantFrom(0, 0.1, 2),
      epsilon: fc.constantFrom(1e-7, 0.1),
    });
    expectFormula(
      options,
      (given) => adagrad({ learningRate: 0.5, ...given }),
      ({ initialAccumulatorValue, epsilon }) => {
        let s = initialAccumulatorValue;
        return (g, w) => {
          s += g * g;
          return w - (0.5 * g) / Math.sqrt(s + epsilon);
        };
      },
    );
  });

  it('moves by at most twice the rate times the root of the number of steps', () => {
    // The sum of 1 / sqrt(t) for t up to n is at most 2 sqrt(n).
    const optimizer = adagrad({ learningRate: 1, initialAccumulatorValue: 0 });
    const end = path(optimizer, new Array<number>(400).fill(5)).at(-1)!;
    expect(1 - end).to.be.within(2 * Math.sqrt(401) - 2, 2 * Math.sqrt(400));
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => adagrad({ learningRate: 0.5 }), {
      state: ['sumOfSquares'],
      steps: 200,
      reduction: 1e-4,
    });
  });

  it('refuses options out of range', () => {
    expect(() => adagrad({ initialAccumulatorValue: -1 }))
      .to.throw(OptionError)
      .with.property(
        'message',
        'adagrad: expected initialAccumulatorValue of at least 0; received -1.',
      );
    expect(() => adagrad({ epsilon: 0 }))
      .to.throw(OptionError)
      .with.property('message', 'adagrad: expected epsilon above 0; received 0.');
  });
});
