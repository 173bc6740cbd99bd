import { withBackend } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { fill, Random, type FloatDType, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { adam, adamW, sgd, type Optimizer, type State } from '../src/index';

const optimizers: readonly (readonly [string, () => Optimizer])[] = [
  ['adam', () => adam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-3 })],
  ['adamW', () => adamW({ beta1: 0.8, beta2: 0.95, epsilon: 1e-3 })],
  ['sgd with momentum', () => sgd({ momentum: 0.9 })],
  ['sgd with Nesterov momentum', () => sgd({ momentum: 0.9, nesterov: true })],
];

const quick = engines.filter(
  (engine) => engine.adam !== undefined && engine.momentum !== undefined,
);

describe('A step in one pass', () => {
  it('exists on the engines that are to be quick', () => {
    expect(quick.map(({ name }) => name)).to.deep.equal(['loops', 'simd']);
  });

  for (const engine of quick) {
    for (const [name, create] of optimizers) {
      for (const [dtype, relative] of [
        ['float64', 1e-14],
        ['float32', 1e-6],
      ] as const) {
        it(`of ${name} is the step of its definition on ${engine.name} in ${dtype}`, () => {
          const { rule } = create();
          for (const shape of [[1], [3], [4], [2, 5], [3, 7, 11]]) {
            const args = argumentsOf(rule.init(numbers('w', shape, dtype)), shape, dtype);
            const [expected, actual] = withBackend(engine, () => [
              rule.update(args),
              rule.updateAtOnce!(engine, args)!,
            ]);
            expectClose(actual.weight, expected.weight, { relative });
            for (const part of Object.keys(expected.state)) {
              expectClose(actual.state[part]!, expected.state[part]!, { relative });
            }
          }
        });
      }
    }
  }
});

function argumentsOf(initial: State, shape: readonly number[], dtype: FloatDType) {
  const parts = Object.keys(initial).map((part) => {
    const x = numbers(part, shape, dtype);
    return [part, part === 'meanSquare' ? positive(x) : x] as const;
  });
  return {
    weight: numbers('w', shape, dtype),
    gradient: numbers('g', shape, dtype),
    state: Object.fromEntries(parts),
    step: 3,
    learningRate: 0.1,
  };
}

function numbers(name: string, shape: readonly number[], dtype: FloatDType): Tensor {
  const random = new Random(1).split(name);
  return fill(shape, () => random.uniform(-2, 2), dtype);
}

function positive(x: Tensor): Tensor {
  const values = x.toTypedArray();
  let i = 0;
  return fill(x.shape, () => Math.abs(values[i++]!), x.dtype);
}
