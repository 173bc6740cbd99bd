import { cast, slice } from '@gradus/autodiff';
import { tolerances } from '@gradus/autodiff/testing';
import { formatShape, type Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import { StateUpdates, type Value } from '../src/index';
import {
  buildLayer,
  buildLayers,
  drawInputs,
  moveWeights,
  type BuiltLayer,
  type Subject,
} from './builtLayer';

/** Checks that, outside training, a batch of n gives what n batches of one give. */
export function checkBatches<In extends Value, Out extends Value>(subject: Subject<In, Out>): void {
  const built = buildLayer(subject, 'float64');
  moveWeights(built, subject.seed);
  const inputs = drawInputs(subject, 3);
  const together = built.run(inputs, false);
  for (let n = 0; n < 3; n++) {
    const alone = built.run(
      inputs.map((x) => sample(x, n)),
      false,
    );
    together.forEach(([, y], i) =>
      named(`sample ${n} alone and in a batch of 3`, () =>
        expectClose(sample(y, n), alone[i]![1], { relative: tolerances.exact }),
      ),
    );
  }
}

/** Checks that one seed gives the same bits, call by call and model by model. */
export function checkDeterminism<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
): void {
  const inputs = drawInputs(subject, 2).map((x) => cast(x, 'float32'));
  const before = inputs.map((x) => x.toTypedArray());
  const [one, other] = [buildLayer(subject, 'float32'), buildLayer(subject, 'float32')];
  one.variables.forEach((variable, i) => {
    const twin = other.variables[i]!;
    named(`first values of ${variable.name} in two models of one seed`, () =>
      expectClose(twin.value, variable.value, { relative: 0 }),
    );
  });
  moveWeights(one, subject.seed);
  moveWeights(other, subject.seed);
  for (const training of [false, true]) {
    const mode = training ? 'in training' : 'outside training';
    compareBits(`two calls ${mode}`, one, one, { inputs, training });
    compareBits(`two models of one seed ${mode}`, one, other, { inputs, training });
  }
  inputs.forEach((x, i) => {
    if (x.toTypedArray().every((value, n) => value === before[i]![n])) return;
    throw new Error(`input ${formatShape(x.shape)}: the layer changed it.`);
  });
}

/** Checks that a layer built twice in one model has one set of weights. */
export function checkSharing<In extends Value, Out extends Value>(subject: Subject<In, Out>): void {
  const alone = buildLayer(subject, 'float32');
  const [first, second] = buildLayers(subject, 'float32', ['layer', 'again']);
  const count = alone.variables.length;
  if (first!.variables.length !== count) {
    throw new Error(
      `built twice in one model: expected ${count} weights; received ${first!.variables.length}.`,
    );
  }
  moveWeights(first!, subject.seed);
  const inputs = drawInputs(subject, 2).map((x) => cast(x, 'float32'));
  compareBits('built twice in one model', first!, second!, { inputs, training: false });
}

/**
 * Checks that a layer updates nothing outside training, in training only what it has and optimizers
 * leave alone, and nothing before the step is made.
 */
export function checkState<In extends Value, Out extends Value>(subject: Subject<In, Out>): void {
  const built = buildLayer(subject, 'float32');
  const inputs = drawInputs(subject, 2).map((x) => cast(x, 'float32'));
  const before = built.variables.map((variable) => variable.snapshot());
  for (const training of [false, true]) {
    const state = new StateUpdates();
    built.run(inputs, training, state.update);
    built.variables.forEach((variable, i) =>
      named(`${variable.name} before the step is made`, () =>
        expectClose(variable.value, before[i]!, { relative: 0 }),
      ),
    );
    for (const variable of state.variables) {
      if (training && !variable.trainable && built.variables.includes(variable)) continue;
      throw new Error(
        `${variable.name}: expected an update only in training, and of a weight of the layer that ` +
          'is not trainable.',
      );
    }
    named('the updates', () => state.apply());
  }
}

interface Run {
  readonly inputs: readonly Tensor[];
  readonly training: boolean;
}

function compareBits(
  what: string,
  one: BuiltLayer,
  other: BuiltLayer,
  { inputs, training }: Run,
): void {
  const expected = one.run(inputs, training);
  other
    .run(inputs, training)
    .forEach(([name, y], i) =>
      named(`result ${name} of ${what}`.replace('  ', ' '), () =>
        expectClose(y, expected[i]![1], { relative: 0 }),
      ),
    );
}

function sample(x: Tensor, n: number): Tensor {
  const begin = x.shape.map((_, axis) => (axis === 0 ? n : 0));
  return slice(x, { begin, size: [1, ...x.shape.slice(1)] });
}
