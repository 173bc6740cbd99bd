import { OptionError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { lossFactories } from '../../src/losses/resolveLoss';
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
  hinge,
  huber,
  kullbackLeiblerDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  resolveLoss,
  sparseCategoricalCrossentropy,
  squaredHinge,
  type LossName,
} from '../../src/index';

describe('resolveLoss', () => {
  const named = {
    meanSquaredError,
    mse: meanSquaredError,
    meanAbsoluteError,
    mae: meanAbsoluteError,
    meanAbsolutePercentageError,
    mape: meanAbsolutePercentageError,
    meanSquaredLogarithmicError,
    msle: meanSquaredLogarithmicError,
    logCosh,
    hinge,
    squaredHinge,
    categoricalHinge,
    kullbackLeiblerDivergence,
    cosineSimilarity,
    poisson,
  };
  for (const [name, loss] of Object.entries(named)) {
    it(`knows ${name}`, () => {
      expect(resolveLoss(name as LossName)).to.equal(loss);
    });
  }

  const factories = {
    huber,
    binaryCrossentropy,
    categoricalCrossentropy,
    sparseCategoricalCrossentropy,
    binaryFocalCrossentropy,
    categoricalFocalCrossentropy,
  };
  for (const [name, make] of Object.entries(factories)) {
    it(`knows ${name}, with its defaults`, () => {
      const isSparse = name === 'sparseCategoricalCrossentropy';
      const yTrue = isSparse ? tensor(Int32Array.of(0)) : tensor([[1, 0]]);
      const yPred = tensor([[0.25, 0.75]]);
      const expected = make()(yTrue, yPred).item();
      expect(resolveLoss(name as LossName)(yTrue, yPred).item()).to.equal(expected);
    });

    it(`says that ${name} is to be called`, () => {
      expect(() => resolveLoss(make as never))
        .to.throw(OptionError)
        .with.property(
          'message',
          `compile: expected a loss function; received ${name}, which makes one. ` +
            `Call it: ${name}().`,
        );
    });
  }

  it('has losses of options that know of which, so that they can be saved', () => {
    expect(lossFactories).to.deep.equal(factories);
    for (const [kind, make] of Object.entries(lossFactories)) {
      const config = kind === 'huber' ? { delta: 2 } : { fromLogits: true };
      const loss = make(config);
      expect([loss.name, loss.kind, loss.config]).to.deep.equal([kind, kind, config]);
    }
    expect(meanSquaredError.kind).to.equal(undefined);
  });

  it('takes probabilities, not logits, for cross-entropies by name', () => {
    const yTrue = tensor([[1, 0]]);
    const yPred = tensor([[0.25, 0.75]]);
    const loss = resolveLoss('categoricalCrossentropy')(yTrue, yPred).item();
    expect(loss).to.be.closeTo(Math.log(4), 1e-6);
  });

  it('gives a function back', () => {
    const own = () => zeros([]);
    expect(resolveLoss(own)).to.equal(own);
  });

  const unknown: readonly [unknown, string][] = [
    ['rmse', "'rmse'"],
    ['toString', "'toString'"],
    ['', "''"],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    [{}, 'an object'],
  ];
  for (const [loss, received] of unknown) {
    it(`lists what there is instead of ${received}`, () => {
      expect(() => resolveLoss(loss as LossName))
        .to.throw(OptionError)
        .with.property(
          'message',
          'compile: expected a loss function or one of meanSquaredError, mse, meanAbsoluteError, ' +
            'mae, meanAbsolutePercentageError, mape, meanSquaredLogarithmicError, msle, huber, ' +
            'logCosh, hinge, squaredHinge, categoricalHinge, kullbackLeiblerDivergence, ' +
            'cosineSimilarity, poisson, binaryCrossentropy, categoricalCrossentropy, ' +
            'sparseCategoricalCrossentropy, binaryFocalCrossentropy, ' +
            `categoricalFocalCrossentropy; received ${received}.`,
        );
    });
  }
});
