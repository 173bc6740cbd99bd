import * as autodiff from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import * as layers from '@gradus/layers';
import * as tensors from '@gradus/tensor';
import { tensor } from '@gradus/tensor';
import { checkLaws, configuredRuns, inCode, LawError } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as train from '../../src/index';
import { encodeModel, meanSquaredError, sequential } from '../../src/index';
import { modelLaws, modelsOn, smallModels, type SmallModelCase } from '../../testing';
import { evaluated } from '../../../tensor/testing/node/evaluated';

/** So many models for each law on each engine; more in long runs. */
const runs = configuredRuns(4);

describe('Generated small models', () => {
  for (const engine of engines) {
    it(`obey the laws of models on ${engine.name}`, () => {
      checkLaws(modelLaws, modelsOn(engine, smallModels()), { runs });
    });
  }

  it('are what they write as code', () => {
    const names = { ...tensors, ...autodiff, ...train, layers, input: layers.input };
    for (const drawn of fc.sample(smallModels(), { numRuns: 20, seed: 0 })) {
      const made = evaluated(inCode(drawn), names) as SmallModelCase;
      expect(encodeModel(made.create())).to.deep.equal(encodeModel(drawn.create()));
      expect(made.x.toArray()).to.deep.equal(drawn.x.toArray());
      expect(made.y.toArray()).to.deep.equal(drawn.y.toArray());
      expect(made.y.dtype).to.equal(drawn.y.dtype);
    }
  });

  it('shrink to a dense layer on one pixel', () => {
    const { counterexample } = fc.check(
      fc.property(smallModels(), () => false),
      { seed: 0 },
    );
    expect(inCode(counterexample![0])).to.equal(
      '{ create: () => sequential([input([1, 1, 1]), layers.flatten(), ' +
        "layers.dense({ units: 1, activation: 'linear' })], { seed: 0 }), loss: meanSquaredError, " +
        'x: tensor(Float32Array.of(0), [1, 1, 1, 1]), y: tensor(Float32Array.of(0), [1, 1]) }',
    );
  });

  it('have layers of many kinds, and are sequences and graphs', () => {
    const drawn = fc.sample(smallModels(), { numRuns: 100, seed: 0 });
    const kinds = drawn.map(({ create }) => create().layer.kind);
    expect(new Set(kinds)).to.deep.equal(new Set(['sequence', 'graph']));
    const named = drawn.flatMap((one) => inCode(one).match(/layers\.\w+/g) ?? []);
    expect(new Set(named).size).to.be.above(20);
  });
});

/** A model of one pixel with a function between it and the loss. */
const withLayer = (layer: () => layers.Layer): SmallModelCase => ({
  ...fc.sample(smallModels(), { numRuns: 1, seed: 0 })[0]!,
  create: () =>
    sequential([layers.input([2]), layers.dense({ units: 2, useBias: false }), layer()]),
  loss: meanSquaredError,
  x: tensor([
    [1, 2],
    [3, -1],
  ]),
  y: tensor([
    [1, 0],
    [0, 1],
  ]),
});

describe('The laws of models', () => {
  const { log, mean, mul, stopGradient, sub } = autodiff;
  const own = (f: layers.LambdaFunction): layers.Layer => layers.lambda(f);
  const scaling = (factor: number): layers.Layer =>
    layers.defineLayer({
      kind: 'scaling',
      config: {},
      outputShape: (input) => input,
      build: () => (x: tensors.Tensor) => mul(x, factor),
    });
  const reading = { layers: { scaling: () => scaling(3) } };
  let calls = 0;
  const wrong: readonly (readonly [string, () => layers.Layer, string])[] = [
    ['a loss that is no number', () => own((x) => log(sub(x, x))), 'model/trains'],
    ['weights that never change', () => own((x) => stopGradient(x)), 'model/trains'],
    ['a layer that reading changes', () => scaling(2), 'model/saved-and-read'],
    [
      'something new at each call',
      () => own((x) => mul(x, 1 + (calls++ % 7) / 64)),
      'model/same-seed-same-bits',
    ],
    [
      'another function on another engine',
      () => own((x) => mul(x, autodiff.currentBackend().name === 'reference' ? 1 : 2)),
      'model/equals-reference',
    ],
    [
      'samples that see each other',
      () => own((x) => sub(x, mean(x, { axis: 0, keepDims: true }))),
      'model/batch-size-is-free',
    ],
  ];
  for (const [what, layer, law] of wrong) {
    it(`catch ${what}: ${law}`, () => {
      const { check } = modelLaws.find(({ name }) => name === law)!;
      const subject = modelsOn(engines[1]!, fc.constant(withLayer(layer)), reading);
      expect(() => check(subject, { runs: 3 }))
        .to.throw(LawError)
        .with.property('law', law);
    });
  }

  it('allow for rounding where predictions cancel', () => {
    const x = tensor(Float32Array.of(1.765625, 1.953125, 0.015625, 2), [1, 4, 1, 1]);
    const cancelling: SmallModelCase = {
      ...withLayer(() => layers.relu()),
      create: () =>
        sequential([
          layers.input([4, 1, 1]),
          layers.groupNormalization({ groups: 1 }),
          layers.globalAveragePooling2d(),
          layers.dense({ units: 2 }),
        ]),
      x,
      y: tensor([[1, 0]]),
    };
    for (const engine of engines) {
      checkLaws(modelLaws, modelsOn(engine, fc.constant(cancelling)), { runs: 1 });
    }
  });

  it('say what is not as it was', () => {
    const subject = modelsOn(engines[1]!, fc.constant(withLayer(() => scaling(2))), reading);
    expect(() => checkLaws(modelLaws, subject, { runs: 1 })).to.throw(
      'model/saved-and-read does not hold for models on loops: Saved and read, a model predicts ' +
        'the same bits, and training goes on to the same bits.\npredictions: expected ',
    );
  });

  it('each can fail', () => {
    const caught = new Set(wrong.map(([, , law]) => law));
    expect(modelLaws.filter(({ name }) => !caught.has(name))).to.deep.equal([]);
  });
});
