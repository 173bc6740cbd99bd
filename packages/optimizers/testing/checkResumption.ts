import { Variable } from '@gradus/autodiff';
import { expectClose, named } from '@gradus/tensor/testing';
import type { Tensor } from '@gradus/tensor';
import type { Optimizer } from '../src/index';
import { quadratic } from './quadratic';

/** Two weights: one is frozen for the first steps, and trained from then on. */
interface Training {
  readonly optimizer: Optimizer;
  readonly weights: readonly Variable[];
}

const shapes = [[2, 3], [4]];
const problems = shapes.map((shape) => quadratic(shape, 'float32'));

/**
 * Checks that training which is interrupted goes on to the same bits: the state of an optimizer is
 * taken and given to a new one, and the weights are copied. One weight is frozen until then.
 */
export function checkResumption(create: () => Optimizer): void {
  const through = begin(create);
  advance(through, 3);
  const resumed = begin(create);
  resumed.weights.forEach((weight, i) => weight.assign(through.weights[i]!.snapshot()));
  resumed.optimizer.setState(resumed.weights, through.optimizer.getState(through.weights));
  for (const training of [through, resumed]) {
    training.weights[1]!.frozen = false;
    advance(training, 3);
  }
  named('after setState, against training without a stop', () => {
    if (resumed.optimizer.iterations !== 6) {
      throw new Error(`iterations: expected 6; received ${resumed.optimizer.iterations}.`);
    }
    const [expected, found] = [through, resumed].map(everything);
    expected!.forEach((x, i) => expectClose(found![i]!, x, { relative: 0 }));
  });
}

function begin(create: () => Optimizer): Training {
  const weights = problems.map(({ start }, i) => new Variable(`w${i}`, start));
  weights[1]!.frozen = true;
  return { optimizer: create(), weights };
}

function advance({ optimizer, weights }: Training, steps: number): void {
  for (let step = 0; step < steps; step++) {
    optimizer.step(
      weights,
      weights.map(({ value }, i) => problems[i]!.gradient(value)),
    );
  }
}

function everything({ optimizer, weights }: Training): Tensor[] {
  const { tensors } = optimizer.getState(weights);
  return [...weights.map((weight) => weight.snapshot()), ...Object.values(tensors)];
}
