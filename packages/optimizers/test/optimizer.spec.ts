import { sub, Variable } from '@gradus/autodiff';
import {
  DTypeError,
  OptionError,
  ShapeError,
  scalar,
  tensor,
  zeros,
  type Tensor,
} from '@gradus/tensor';
import { expect } from 'chai';
import { adam, Optimizer, sgd, type Schedule } from '../src/index';

const variables = (): [Variable, Variable] => [
  new Variable('a', tensor([1, 2])),
  new Variable('b', scalar(3)),
];
const values = (weights: readonly Variable[]) => weights.map(({ value }) => value.toArray());

describe('An optimizer', () => {
  it('updates each weight in place from its gradient', () => {
    const weights = variables();
    sgd({ learningRate: 1 }).step(weights, [tensor([1, 1]), scalar(2)]);
    expect(values(weights)).to.deep.equal([[0, 1], 1]);
  });

  it('counts steps from 0, and asks the schedule for the rate of each', () => {
    const asked: number[] = [];
    const schedule: Schedule = (step) => {
      asked.push(step);
      return 2 ** -step;
    };
    const w = new Variable('w', scalar(0));
    const optimizer = sgd({ learningRate: schedule });
    const positions: number[] = [];
    for (let step = 0; step < 3; step++) {
      expect(optimizer.iterations).to.equal(step);
      expect(optimizer.learningRate).to.equal(2 ** -step);
      optimizer.step([w], [scalar(-1)]);
      positions.push(w.value.item());
    }
    expect(positions).to.deep.equal([1, 1.5, 1.75]);
    expect(new Set(asked)).to.deep.equal(new Set([0, 1, 2]));
  });

  it('tells its rule the number of the step from 1, and the state it returned', () => {
    const seen: unknown[] = [];
    const optimizer = new Optimizer(
      {
        name: 'mine',
        init: () => ({ count: scalar(10) }),
        update({ weight, gradient, state, step, learningRate }) {
          seen.push([step, learningRate, state.count.item()]);
          return { weight: sub(weight, gradient), state: { count: scalar(10 * (step + 1)) } };
        },
      },
      0.5,
    );
    const w = new Variable('w', scalar(5));
    for (let i = 0; i < 3; i++) optimizer.step([w], [scalar(1)]);
    expect(seen).to.deep.equal([
      [1, 0.5, 10],
      [2, 0.5, 20],
      [3, 0.5, 30],
    ]);
    expect(w.value.item()).to.equal(2);
  });

  it('keeps the state of each weight apart', () => {
    const [a, b] = [new Variable('w', scalar(0)), new Variable('w', scalar(0))];
    const optimizer = sgd({ learningRate: 1, momentum: 0.5 });
    optimizer.step([a], [scalar(-1)]);
    optimizer.step([b], [scalar(0)]);
    optimizer.step([a, b], [scalar(0), scalar(-1)]);
    expect([a.value.item(), b.value.item()]).to.deep.equal([1.5, 1]);
  });

  it('leaves weights alone that are not trainable', () => {
    const still = new Variable('w', scalar(1), false);
    sgd({ learningRate: 1 }).step([still], [scalar(1)]);
    expect(still.value.item()).to.equal(1);
  });

  it('can make a step of no weights', () => {
    const optimizer = adam();
    optimizer.step([], []);
    expect(optimizer.iterations).to.equal(1);
  });

  it('lets a decay of 1 leave nothing of a weight', () => {
    const w = new Variable('w', scalar(5));
    sgd({ learningRate: 1, weightDecay: 1 }).step([w], [scalar(2)]);
    expect(w.value.item()).to.equal(-2);
  });

  it('makes its step at once where its rule can do that', () => {
    const rule = {
      name: 'quick',
      init: () => ({}),
      update: () => ({ weight: scalar(1), state: {} }),
      updateAtOnce: () => ({ weight: scalar(2), state: {} }),
    };
    const w = new Variable('w', scalar(0));
    new Optimizer(rule, 1).step([w], [scalar(1)]);
    expect(w.value.item()).to.equal(2);
  });

  it('copies what a rule gives back of its arguments', () => {
    const rule = {
      name: 'replacing',
      init: () => ({}),
      update: ({ gradient, state }: { gradient: Tensor; state: object }) => ({
        weight: gradient,
        state: { ...state },
      }),
    };
    const [w, gradient] = [new Variable('w', tensor([1, 2])), tensor([3, 4])];
    new Optimizer(rule, 1).step([w], [gradient]);
    gradient.data[0] = 5;
    expect(w.value.toArray()).to.deep.equal([3, 4]);
  });

  it('takes gradients in any layout', () => {
    const w = new Variable('w', zeros([3]));
    // A gradient that a sum left: one number, repeated with stride 0.
    const repeated = { shape: [3], strides: [0], offset: 0 };
    const { storage } = scalar(-1);
    const Repeated = w.value.constructor as new (s: typeof storage, l: typeof repeated) => Tensor;
    sgd({ learningRate: 1 }).step([w], [new Repeated(storage, repeated)]);
    expect(w.value.toArray()).to.deep.equal([1, 1, 1]);
  });
});

describe('A step that cannot be made', () => {
  const cases: readonly [string, readonly Tensor[], new (c: never) => Error, string][] = [
    [
      'for too few gradients',
      [tensor([1, 1])],
      OptionError,
      'adam: expected 2 gradients, one for each weight; received 1.',
    ],
    [
      'for a gradient that is in no list',
      tensor([1, 1]) as never,
      OptionError,
      'adam: expected an array of gradients; received a Tensor.',
    ],
    [
      'for a gradient that would broadcast',
      [tensor([1, 1]), tensor([1])],
      ShapeError,
      'adam: expected a gradient like b, float32 []; received float32 [1].',
    ],
    [
      'for a gradient of another element type',
      [tensor([1, 1]), scalar(1, 'float64')],
      DTypeError,
      'adam: expected a gradient like b, float32 []; received float64 [].',
    ],
  ];
  for (const [title, gradients, type, message] of cases) {
    it(`${title} changes nothing`, () => {
      const weights = variables();
      const optimizer = adam();
      expect(() => optimizer.step(weights, gradients))
        .to.throw(type)
        .with.property('message', message);
      expect(values(weights)).to.deep.equal(values(variables()));
      expect(optimizer.iterations).to.equal(0);
    });
  }

  for (const rate of [NaN, -0.5, Infinity]) {
    it(`for a schedule that gives ${rate} changes nothing`, () => {
      const weights = variables();
      const optimizer = sgd({ learningRate: () => rate });
      expect(() => optimizer.step(weights, [tensor([1, 1]), scalar(1)]))
        .to.throw(OptionError)
        .with.property(
          'message',
          `sgd: expected a schedule that gives a finite rate of at least 0 at step 0; received ${rate}.`,
        );
      expect(values(weights)).to.deep.equal(values(variables()));
      expect(optimizer.iterations).to.equal(0);
    });
  }

  it('is not one with a rate of 0, at which a schedule may end', () => {
    const weights = variables();
    sgd({ learningRate: () => 0 }).step(weights, [tensor([1, 1]), scalar(1)]);
    expect(values(weights)).to.deep.equal(values(variables()));
  });
});
