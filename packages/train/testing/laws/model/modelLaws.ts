import type { Backend } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { sgd, type Optimizer } from '@gradus/optimizers';
import { optimizers, type OptimizerCase } from '@gradus/optimizers/testing';
import { scalar, type Tensor } from '@gradus/tensor';
import {
  defineLaw,
  expectClose,
  named,
  noTolerance,
  usualTolerance,
  type Law,
  type Subject,
} from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Model } from '../../../src/model';
import { decodeModel, encodeModel, type DecodeModelOptions } from '../../../src/saving';
import type { SmallModelCase } from '../../generators/smallModels';

/** Models as laws see them: one, or many that are drawn, and the engine that computes them. */
export interface ModelImplementation extends Subject {
  /** See `smallModels`; of one's own, `fc.constant` of one. */
  readonly cases: fc.Arbitrary<SmallModelCase>;
  readonly engine: Backend;
  /** What reading them needs, if they have layers of one's own. */
  readonly reading?: DecodeModelOptions;
}

/** Models on an engine as laws see them. */
export function modelsOn(
  engine: Backend,
  cases: fc.Arbitrary<SmallModelCase>,
  reading: DecodeModelOptions = {},
): ModelImplementation {
  return { name: `models on ${engine.name}`, engine, cases, reading };
}

type ModelLaw = Law<ModelImplementation>;

/** The definition of what is right. */
const reference = engines[0]!;

function drawnFrom({
  cases,
}: ModelImplementation): fc.Arbitrary<{ readonly drawn: SmallModelCase }> {
  return fc.record({ drawn: cases });
}

function withOptimizer({ cases }: ModelImplementation): fc.Arbitrary<{
  readonly drawn: SmallModelCase;
  readonly optimizer: OptimizerCase;
}> {
  return fc.record({ drawn: cases, optimizer: optimizers() });
}

function compiled({ create, loss }: SmallModelCase, engine: Backend, optimizer?: Optimizer): Model {
  const model = create();
  model.compile({ loss, engine, optimizer: optimizer ?? sgd({ learningRate: 1 / 64 }) });
  return model;
}

/** @throws Error unless two models have the same bits. */
function expectSameWeights(found: Model, expected: Model): void {
  found.variables.forEach((variable, i) =>
    named(variable.name, () =>
      expectClose(variable.value, expected.variables[i]!.value, { relative: 0 }),
    ),
  );
}

/**
 * Relative to 1 at least, about the size of what a model computes inside: its rounding is all that is left
 * where predictions cancel, as the mean of what was normalised.
 * @throws Error if two results differ by more than rounding.
 */
function expectNear(found: Tensor, expected: Tensor): void {
  const scale = Math.max(1, ...Array.from(expected.toTypedArray(), Math.abs));
  expectClose(found, expected, { relative: usualTolerance.float32, scale });
}

function expectSameNumber(what: string, found: number, expected: number): void {
  if (Object.is(found, expected)) return;
  throw new Error(`${what}: expected ${expected}; received ${found}.`);
}

const trains: ModelLaw = defineLaw({
  name: 'model/trains',
  statement:
    'A step of gradient descent has a finite loss, changes a weight, and leaves all finite.',
  source: 'The last layer has a bias, on which the loss depends.',
  domain: 'float32; a learning rate of 1/64',
  tolerance: noTolerance,
  cases: drawnFrom,
  holds({ engine }, { drawn }) {
    const model = compiled(drawn, engine);
    const before = model.getWeights();
    for (let step = 0; step < 2; step++) {
      const loss = model.trainOnBatch(drawn.x, drawn.y);
      if (!Number.isFinite(loss)) throw new Error(`the loss of step ${step} is ${loss}.`);
    }
    const after = model.getWeights();
    const odd = after.findIndex((weight) => !weight.toTypedArray().every(Number.isFinite));
    if (odd >= 0) throw new Error(`${model.variables[odd]!.name} is no longer finite.`);
    const isSame = after.every((weight, i) => {
      const values = before[i]!.toTypedArray();
      return weight.toTypedArray().every((value, n) => value === values[n]);
    });
    if (isSame) throw new Error('no weight has changed.');
  },
});

const savedAndRead: ModelLaw = defineLaw({
  name: 'model/saved-and-read',
  statement:
    'Saved and read, a model predicts the same bits, and training goes on to the same bits.',
  source: 'A file holds all that training has changed, and how it was made.',
  domain: 'float32; any optimizer',
  tolerance: noTolerance,
  cases: withOptimizer,
  holds({ engine, reading = {} }, { drawn, optimizer }) {
    const model = compiled(drawn, engine, optimizer.create());
    const { x, y } = drawn;
    model.trainOnBatch(x, y);
    const read = decodeModel(encodeModel(model, reading), { ...reading, engine });
    expectSameWeights(read, model);
    named('predictions', () => expectClose(read.predict(x), model.predict(x), { relative: 0 }));
    expectSameNumber('the next loss', read.trainOnBatch(x, y), model.trainOnBatch(x, y));
    named('after the next step', () => expectSameWeights(read, model));
  },
});

const sameSeed: ModelLaw = defineLaw({
  name: 'model/same-seed-same-bits',
  statement: 'Two models of one seed are trained to the same bits.',
  source: 'All that is drawn is a function of the seed.',
  domain: 'float32; any optimizer',
  tolerance: noTolerance,
  cases: withOptimizer,
  holds({ engine }, { drawn, optimizer }) {
    const [one, other] = [0, 1].map(() => compiled(drawn, engine, optimizer.create()));
    for (const step of [1, 2]) {
      const losses = [one!, other!].map((model) => model.trainOnBatch(drawn.x, drawn.y));
      expectSameNumber(`the loss of step ${step}`, losses[1]!, losses[0]!);
      named(`after step ${step}`, () => expectSameWeights(other!, one!));
    }
  },
});

const asReference: ModelLaw = defineLaw({
  name: 'model/equals-reference',
  statement: 'Predictions and loss are those of the reference engine.',
  source: 'The reference engine computes by definitions.',
  domain: 'float32; before any step',
  excuse: ({ engine }) => (engine === reference ? 'it is the reference engine' : undefined),
  tolerance: usualTolerance,
  cases: drawnFrom,
  holds({ engine }, { drawn }) {
    const [model, exact] = [compiled(drawn, engine), compiled(drawn, reference)];
    const { x, y } = drawn;
    named('predictions', () => expectNear(model.predict(x), exact.predict(x)));
    const [found, expected] = [model.evaluate(x, y), exact.evaluate(x, y)];
    named('the loss', () => expectNear(scalar(found), scalar(expected)));
  },
});

const samplesApart: ModelLaw = defineLaw({
  name: 'model/batch-size-is-free',
  statement: 'Predictions do not depend on how many samples are computed at once.',
  source: 'Outside training, what is computed for a sample is a function of it and the weights.',
  domain: 'float32; after a step',
  tolerance: usualTolerance,
  cases: drawnFrom,
  holds({ engine }, { drawn }) {
    const model = compiled(drawn, engine);
    model.trainOnBatch(drawn.x, drawn.y);
    expectNear(model.predict(drawn.x, { batchSize: 1 }), model.predict(drawn.x));
  },
});

/** What every model obeys. */
export const modelLaws: readonly ModelLaw[] = [
  trains,
  savedAndRead,
  sameSeed,
  asReference,
  samplesApart,
];
