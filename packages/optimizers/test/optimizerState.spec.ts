import { Variable } from '@gradus/autodiff';
import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { adam, rmsprop, sgd, type Optimizer, type OptimizerState } from '../src/index';

const gradient = (w: Variable, step: number): Tensor =>
  tensor(
    Float32Array.from(w.value.toTypedArray(), (x, i) => Math.sin(3 * x + i + step)),
    [2],
  );

function train(optimizer: Optimizer, weights: readonly Variable[], steps: number): void {
  for (let step = 0; step < steps; step++) {
    const gradients = weights.map((w) => gradient(w, optimizer.iterations));
    optimizer.step(weights, gradients);
  }
}

const pair = (): Variable[] => [
  new Variable('m/a', tensor([1, 2])),
  new Variable('m/b', tensor([3, 4])),
];
const bits = (tensors: Readonly<Record<string, Tensor>>) =>
  Object.entries(tensors).map(([name, x]) => [name, [...x.toTypedArray()]]);

describe("An optimizer's state", () => {
  it('has the number of steps, and a tensor for each weight and slot', () => {
    const [w] = [new Variable('model/0_dense/kernel', tensor([1]))];
    const optimizer = adam({ beta1: 0.5, beta2: 0.75 });
    optimizer.step([w], [tensor([2])]);
    const { iterations, learningRate, tensors } = optimizer.getState([w]);
    expect([iterations, learningRate]).to.deep.equal([1, undefined]);
    expect(bits(tensors)).to.deep.equal([
      ['model/0_dense/kernel/mean', [1]],
      ['model/0_dense/kernel/meanSquare', [1]],
    ]);
  });

  it('is a copy, which later steps do not change', () => {
    const weights = pair();
    const optimizer = adam();
    train(optimizer, weights, 1);
    const state = optimizer.getState(weights);
    const before = bits(state.tensors);
    train(optimizer, weights, 2);
    expect(bits(state.tensors)).to.deep.equal(before);
    expect(state.iterations).to.equal(1);
  });

  it('is taken up as a copy, too: two that go on from it do not meet', () => {
    const [weights, others] = [pair(), pair()];
    const first = adam();
    train(first, weights, 2);
    const state = first.getState(weights);
    const before = bits(state.tensors);
    const second = adam();
    second.setState(others, state);
    train(second, others, 2);
    expect(bits(first.getState(weights).tensors)).to.deep.equal(before);
    expect(bits(state.tensors)).to.deep.equal(before);
    expect(second.iterations).to.equal(4);
  });

  it('goes back to where it was', () => {
    const weights = pair();
    const optimizer = rmsprop({ momentum: 0.5 });
    train(optimizer, weights, 2);
    const state = optimizer.getState(weights);
    const kept = weights.map((w) => w.snapshot());
    train(optimizer, weights, 3);
    const expected = bits(optimizer.getState(weights).tensors);
    optimizer.setState(weights, state);
    weights.forEach((w, i) => w.assign(kept[i]!));
    train(optimizer, weights, 3);
    expect(bits(optimizer.getState(weights).tensors)).to.deep.equal(expected);
  });

  it('before the first step is that of a new one', () => {
    const weights = pair();
    const { iterations, tensors } = adam().getState(weights);
    expect(iterations).to.equal(0);
    expect(Object.keys(tensors)).to.have.length(4);
    expect(bits(tensors).every(([, values]) => String(values) === '0,0')).to.equal(true);
    const optimizer = adam();
    train(optimizer, weights, 2);
    optimizer.setState(weights, { iterations, tensors });
    expect(optimizer.iterations).to.equal(0);
    expect(bits(optimizer.getState(weights).tensors)).to.deep.equal(bits(tensors));
  });

  it('leaves frozen weights out, keeps what one frozen later had, and forgets what is not there', () => {
    const [a, b] = pair() as [Variable, Variable];
    b.frozen = true;
    const optimizer = sgd({ momentum: 0.5 });
    train(optimizer, [a, b], 1);
    const early = optimizer.getState([a, b]);
    expect(Object.keys(early.tensors)).to.deep.equal(['m/a/velocity']);
    b.frozen = false;
    train(optimizer, [a, b], 1);
    b.frozen = true;
    const late = optimizer.getState([a, b]);
    expect(Object.keys(late.tensors)).to.deep.equal(['m/a/velocity', 'm/b/velocity']);
    optimizer.setState([a, b], early);
    expect(Object.keys(optimizer.getState([a, b]).tensors)).to.deep.equal(['m/a/velocity']);
    optimizer.setState([a, b], late);
    expect(bits(optimizer.getState([a, b]).tensors)).to.deep.equal(bits(late.tensors));
  });

  it('of plain gradient descent has no tensors', () => {
    const weights = pair();
    const optimizer = sgd();
    train(optimizer, weights, 3);
    expect(optimizer.getState(weights)).to.deep.equal({ iterations: 3, tensors: {} });
    const other = sgd();
    other.setState(weights, { iterations: 3, tensors: {} });
    expect(other.iterations).to.equal(3);
  });

  it('has the learning rate, if one was put in place of what it was made with', () => {
    const optimizer = sgd({ learningRate: (step) => 2 ** -step });
    const [w] = [new Variable('w', tensor([0]))];
    optimizer.learningRate = 0.25;
    optimizer.step([w], [tensor([1])]);
    expect(w.value.item()).to.equal(-0.25);
    const state = optimizer.getState([w]);
    expect(state.learningRate).to.equal(0.25);
    const other = sgd({ learningRate: (step) => 2 ** -step });
    other.setState([w], state);
    expect(other.learningRate).to.equal(0.25);
    other.setState([w], { iterations: 3, tensors: {} });
    expect(other.learningRate).to.equal(1 / 8);
  });

  it('refuses a learning rate that is none', () => {
    const optimizer = adam();
    for (const rate of [-1, NaN, Infinity, null, '1'] as number[]) {
      expect(() => (optimizer.learningRate = rate)).to.throw(
        OptionError,
        /^adam: expected learningRate of at least 0; received/,
      );
    }
    optimizer.learningRate = 0;
    expect(optimizer.learningRate).to.equal(0);
  });
});

describe('A state that is not of these weights', () => {
  const good = (): OptimizerState => {
    const optimizer = adam();
    const weights = pair();
    train(optimizer, weights, 2);
    return optimizer.getState(weights);
  };
  const hint =
    ' Is it the state of another model or optimizer? ' +
    'Weights must be frozen that were frozen when it was taken; change that afterwards.';
  const changed = (changes: Record<string, unknown>) => (state: OptimizerState) => ({
    ...state,
    tensors: { ...state.tensors, ...changes },
  });
  const without = (name: string) => (state: OptimizerState) => ({
    ...state,
    tensors: Object.fromEntries(Object.entries(state.tensors).filter(([key]) => key !== name)),
  });
  const wrong: readonly [
    string,
    (state: OptimizerState) => unknown,
    new (c: never) => Error,
    string,
  ][] = [
    ['null', () => null, OptionError, 'options by name, such as { name: value }; received null.'],
    [
      'no number of steps',
      ({ tensors }) => ({ tensors }),
      OptionError,
      'iterations to be a whole number of at least 0; received undefined.',
    ],
    [
      'half a step',
      (state) => ({ ...state, iterations: 1.5 }),
      OptionError,
      'iterations to be a whole number of at least 0; received 1.5.',
    ],
    [
      'a negative rate',
      (state) => ({ ...state, learningRate: -1 }),
      OptionError,
      'learningRate of at least 0; received -1.',
    ],
    [
      'no tensors',
      ({ iterations }) => ({ iterations }),
      OptionError,
      'tensors by name; received undefined.',
    ],
    [
      'a missing entry',
      without('m/b/mean'),
      OptionError,
      `an entry m/b/mean; received none.${hint}`,
    ],
    [
      'nothing of a weight that is trained',
      (state) => without('m/b/mean')(without('m/b/meanSquare')(state)),
      OptionError,
      `an entry m/b/mean; received none.${hint}`,
    ],
    [
      'a foreign entry',
      changed({ 'm/c/mean': zeros([2]) }),
      OptionError,
      `no entries but those of the 2 weights; received m/c/mean.${hint}`,
    ],
    [
      'an entry that is no tensor',
      changed({ 'm/b/mean': [0, 0] }),
      OptionError,
      `a tensor m/b/mean; received [0, 0].${hint}`,
    ],
    [
      'an entry of another shape',
      changed({ 'm/b/mean': zeros([2, 1]) }),
      ShapeError,
      'm/b/mean of shape [2]; received [2, 1].',
    ],
    [
      'an entry of another element type',
      changed({ 'm/b/mean': zeros([2], 'float64') }),
      DTypeError,
      'm/b/mean of element type float32; received float64.',
    ],
  ];
  for (const [title, change, type, rest] of wrong) {
    it(`with ${title} is refused, and nothing changes`, () => {
      const weights = pair();
      const optimizer = adam();
      train(optimizer, weights, 1);
      const before = bits(optimizer.getState(weights).tensors);
      expect(() => optimizer.setState(weights, change(good()) as never))
        .to.throw(type)
        .with.property('message', `adam.setState: expected ${rest}`);
      expect(bits(optimizer.getState(weights).tensors)).to.deep.equal(before);
      expect([optimizer.iterations, optimizer.learningRate]).to.deep.equal([1, 0.001]);
    });
  }

  it('is not made of two weights of one name, or of none', () => {
    const same = [new Variable('w', tensor([1])), new Variable('w', tensor([1]))];
    expect(() => adam().getState(same)).to.throw(
      OptionError,
      'adam.getState: expected weights of different names; received two called w.',
    );
    expect(() => adam().setState(null as never, good())).to.throw(
      OptionError,
      'adam.setState: expected an array of variables; received null.',
    );
    expect(() => adam().getState([tensor([1])] as never)).to.throw(
      OptionError,
      'adam.getState: expected an array of variables; received a Tensor.',
    );
  });
});
