import { add, cast, mul, sum, valueAndGrad } from '@gradus/autodiff';
import { fill, scalar, type Tensor } from '@gradus/tensor';
import { named } from '@gradus/tensor/testing';
import { shapesOf, type Part, type Value } from '../src/index';
import type { BuiltLayer, Subject } from './builtLayer';

/** What a layer gives for a batch. */
export interface Evaluation {
  readonly results: readonly Part<Tensor>[];
  /** Of a weighted sum of the results, with respect to the weights, then the inputs. */
  readonly gradients: readonly Tensor[];
}

/** The results and gradients of a layer on the current engine. */
export function evaluate(
  { variables, run }: BuiltLayer,
  inputs: readonly Tensor[],
  training: boolean,
): Evaluation {
  const loss = (): Tensor => weightedSum(run(inputs, training));
  const { grads } = valueAndGrad(loss, [...variables, ...inputs]);
  // Run again: what is computed within valueAndGrad may not outlive it.
  return { results: run(inputs, training), gradients: grads };
}

/** A scalar in which every element of the results has a weight of its own, so that nothing cancels. */
export function weightedSum(results: readonly Part<Tensor>[]): Tensor {
  const dtype = results[0]![1].dtype;
  return results
    .map(([, y], part) => {
      const weights = fill(y.shape, (i) => 1 + 0.5 * Math.sin(i + 1 + part), 'float64');
      return sum(mul(y, cast(weights, dtype)));
    })
    .reduce((total, term) => add(total, term), scalar(0, dtype));
}

/** The names of what gradients are of: the weights, then the inputs. */
export function namesOf<In extends Value, Out extends Value>(
  { input }: Subject<In, Out>,
  { variables }: BuiltLayer,
): string[] {
  const inputs = shapesOf<In>(input).map(([name]) => `input ${name}`.trim());
  return [...variables.map(({ name }) => name), ...inputs];
}

/** Checks something outside training and in training, and says where it fails. */
export function inBothModes(check: (training: boolean) => void): void {
  for (const training of [false, true]) {
    named(training ? 'in training' : 'outside training', () => check(training));
  }
}
