import { Variable } from '@gradus/autodiff';
import { OptionError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { rmsprop, type RmspropOptions } from '../src/index';
import { checkOptimizer } from '../testing';
import { expectFormula, expectPath, path } from './paths';

describe('rmsprop', () => {
  it('goes two steps as worked by hand, with rho 3/4 and epsilon 3', () => {
    // v: 4 / 4 = 1 | 3/4 + 13 / 4 = 4 (g = sqrt 13); roots of v + 3: 2 | sqrt 7
    const found = path(rmsprop({ learningRate: 1, rho: 0.75, epsilon: 3 }), [2, Math.sqrt(13)]);
    expectPath(found, [0, -Math.sqrt(13 / 7)]);
  });

  it('adds epsilon inside the root, as Keras does and PyTorch does not', () => {
    // g = 1, v = 0.1: 1 / sqrt(0.1 + 0.9) = 1; outside it would be 1 / (sqrt(0.1) + 0.9).
    expectPath(path(rmsprop({ learningRate: 1, epsilon: 0.9 }), [1]), [0]);
  });

  it('has the defaults of Keras', () => {
    // Keras's own example: f = w^2 / 2 at 10, rate 0.1, once: 9.683772.
    const w = new Variable('w', tensor(Float64Array.of(10)));
    rmsprop({ learningRate: 0.1 }).step([w], [tensor(Float64Array.of(10))]);
    expect(w.value.item()).to.be.closeTo(9.683772, 1e-6);
    expectPath(path(rmsprop(), [1]), [1 - 0.001 / Math.sqrt(0.1 + 1e-7)]);
  });

  it('is the formula of Keras, with momentum and centered too', () => {
    const options = fc.record({
      rho: fc.constantFrom(0, 0.5, 0.9),
      momentum: fc.constantFrom(0, 0.9),
      epsilon: fc.constantFrom(1e-3, 0.1),
      centered: fc.boolean(),
    });
    expectFormula(
      options,
      (given) => rmsprop({ learningRate: 0.5, ...given }),
      ({ rho, momentum, epsilon, centered }) => {
        let [v, m, u] = [0, 0, 0];
        return (g, w) => {
          v = rho * v + (1 - rho) * g * g;
          m = rho * m + (1 - rho) * g;
          const divisor = Math.sqrt(v - (centered ? m * m : 0) + epsilon);
          u = momentum * u + (0.5 * g) / divisor;
          return w - u;
        };
      },
    );
  });

  it('stays a number, centered, for gradients that do not change, where Keras has NaN', () => {
    const w = new Variable('w', tensor([1]));
    const optimizer = rmsprop({ centered: true });
    for (let step = 0; step < 400; step++) {
      optimizer.step([w], [tensor([1000.1])]);
      expect(w.value.item()).to.satisfy(Number.isFinite);
    }
  });

  it('keeps the contract of optimizers', () => {
    const cases: readonly [RmspropOptions, string[]][] = [
      [{}, ['meanSquare']],
      [{ momentum: 0.5 }, ['meanSquare', 'velocity']],
      [{ centered: true, momentum: 0.5 }, ['mean', 'variance', 'velocity']],
    ];
    for (const [options, state] of cases) {
      const create = () => rmsprop({ learningRate: 0.05, epsilon: 1e-1, ...options });
      checkOptimizer(create, { state, steps: 100, reduction: 1e-2 });
    }
  });

  const invalid: readonly [object, string][] = [
    [{ rho: 1 }, 'rho of at least 0 and below 1; received 1.'],
    [{ rho: '0.9' }, "rho of at least 0 and below 1; received '0.9'."],
    [{ momentum: 1 }, 'momentum of at least 0 and below 1; received 1.'],
    [{ epsilon: 0 }, 'epsilon above 0; received 0.'],
    [{ centered: 1 }, 'centered to be true or false; received 1.'],
    [{ learningRate: 0 }, 'a learningRate above 0, or a schedule; received 0.'],
    [
      { decay: 0.9 },
      'the options learningRate, rho, momentum, epsilon, centered, clipValue, clipNorm, ' +
        "globalClipNorm, weightDecay, excludeFromWeightDecay; received 'decay'.",
    ],
  ];
  for (const [options, rest] of invalid) {
    it(`refuses ${Object.entries(options).join()}`, () => {
      expect(() => rmsprop(options))
        .to.throw(OptionError)
        .with.property('message', `rmsprop: expected ${rest}`);
    });
  }
});
