import { add, cast, div, mul, sub, type Variable } from '@gradus/autodiff';
import { zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { Optimizer, type UpdateRule } from '../../src/index';
import { checkOptimizer } from '../../testing';

type Update = UpdateRule<Record<'velocity', Tensor>>['update'];

const correct: Update = ({ weight, gradient, state, learningRate }) => {
  const velocity = sub(mul(state.velocity, 0.5), mul(gradient, learningRate));
  return { weight: add(weight, velocity), state: { velocity } };
};

const made =
  (update: Update = correct, init = (w: Tensor) => ({ velocity: zeros(w.shape, w.dtype) })) =>
  (): Optimizer =>
    new Optimizer({ name: 'mine', init, update }, 0.25);

const expected = { state: ['velocity'], steps: 100, reduction: 1e-6 };

describe('checkOptimizer', () => {
  it('accepts an optimizer that keeps the contract', () => {
    checkOptimizer(made(), expected);
  });

  let common: Tensor | undefined;
  let calls = 0;
  const defects: readonly [string, () => Optimizer, RegExp][] = [
    [
      'climbs',
      made((given) => {
        const { weight, state } = correct({ ...given, gradient: mul(given.gradient, -1) });
        return { weight, state };
      }),
      /^mine: on reference: descent: expected a loss of at most 0\.000001 x .* after 100 steps; received/,
    ],
    [
      'forgets its state',
      made(correct, () => ({}) as never),
      /^mine: on reference: state: expected velocity; received none\.$/,
    ],
    [
      'changes its state by writing to it',
      made((given) => {
        given.state.velocity.data[0]! += 1;
        return correct(given);
      }),
      /^mine: on reference: (a second call|the arguments after a call): expected/,
    ],
    [
      'writes to the gradient',
      made((given) => {
        const result = correct(given);
        given.gradient.data[0] = Math.max(given.gradient.data[0]!, 7);
        return result;
      }),
      /^mine: on reference: a second call: expected/,
    ],
    [
      'remembers outside its state',
      made((given) => {
        const same = common?.shape.join() === given.weight.shape.join();
        const velocity =
          same && common?.dtype === given.weight.dtype ? common : given.state.velocity;
        const result = correct({ ...given, state: { velocity } });
        common = result.state.velocity;
        return result;
      }),
      /^mine: on reference: a second call: expected/,
    ],
    [
      'counts its calls',
      made((given) => {
        calls += 1;
        return correct({ ...given, learningRate: 0.25 + 0.001 * (calls % 2) });
      }),
      /^mine: on reference: a second call: expected/,
    ],
    [
      'ignores the learning rate',
      made((given) => correct({ ...given, learningRate: 0.25 })),
      /^mine: on reference: the first move at twice the learning rate: expected/,
    ],
    [
      'changes the element type',
      made((given) => {
        const { weight, state } = correct(given);
        return { weight: cast(weight, 'float32'), state };
      }),
      /^mine: on reference: weight after a step: expected w float64 \[2, 3\]; received w float32 \[2, 3\]\.$/,
    ],
    [
      'changes the shape of its state',
      made((given) => {
        const { weight } = correct(given);
        return { weight, state: { velocity: zeros([1], weight.dtype) } };
      }),
      /^mine: on reference: state after a step: expected velocity float32 \[2, 3\]; received velocity float32 \[1\]\.$/,
    ],
    [
      'loses digits',
      made((given) => {
        const { weight, state } = correct(given);
        return { weight: sub(add(weight, 1000), 1000), state };
      }),
      /^mine: on reference: (float32 weights after 5 steps|the first move|a second call): expected/,
    ],
  ];
  for (const [title, create, message] of defects) {
    it(`refuses one that ${title}`, () => {
      expect(() => checkOptimizer(create, expected)).to.throw(message);
    });
  }

  it('refuses one that divides by a gradient of 0', () => {
    const dividing = made((given) => {
      const { gradient } = given;
      return correct({ ...given, gradient: mul(gradient, div(gradient, gradient)) });
    });
    expect(() => checkOptimizer(dividing, { ...expected, steps: 1, reduction: 0.9 })).to.throw(
      /^mine: on reference: gradient 0: expected numbers; received/,
    );
  });

  it('refuses one in which weights depend on each other', () => {
    class Coupled extends Optimizer {
      override step(weights: readonly Variable[], gradients: readonly Tensor[]): void {
        const share = 1 / weights.length;
        super.step(
          weights,
          gradients.map((gradient) => mul(gradient, share)),
        );
      }
    }
    const { rule } = made()();
    expect(() => checkOptimizer(() => new Coupled(rule, 0.25), expected)).to.throw(
      /^mine: on reference: weight 0 of two, against the same one alone: expected/,
    );
  });

  it('refuses one that two share', () => {
    const one = made()();
    expect(() => checkOptimizer(() => one, expected)).to.throw(
      /^mine: on reference: iterations: expected 0; received 100\.$/,
    );
  });
});
