import { OptionError, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { meanAbsoluteError, meanSquaredError, resolveLoss, type LossName } from '../src/index';

describe('resolveLoss', () => {
  const named = [
    ['meanSquaredError', meanSquaredError],
    ['mse', meanSquaredError],
    ['meanAbsoluteError', meanAbsoluteError],
    ['mae', meanAbsoluteError],
  ] as const;
  for (const [name, loss] of named) {
    it(`knows ${name}`, () => {
      expect(resolveLoss(name)).to.equal(loss);
    });
  }

  it('knows cross-entropies, which then take probabilities', () => {
    const yTrue = tensor([[1, 0]]);
    const yPred = tensor([[0.25, 0.75]]);
    for (const name of ['categoricalCrossentropy', 'binaryCrossentropy'] as const) {
      expect(resolveLoss(name)(yTrue, yPred).item()).to.be.closeTo(Math.log(4), 1e-6);
    }
    const labels = tensor([0], undefined, 'int32');
    const sparse = resolveLoss('sparseCategoricalCrossentropy');
    expect(sparse(labels, yPred).item()).to.be.closeTo(Math.log(4), 1e-6);
  });

  it('gives a function back', () => {
    const own = () => zeros([]);
    expect(resolveLoss(own)).to.equal(own);
  });

  const unknown: readonly unknown[] = ['rmse', 'toString', '', undefined];
  for (const name of unknown) {
    it(`lists what there is instead of '${String(name)}'`, () => {
      expect(() => resolveLoss(name as LossName))
        .to.throw(OptionError)
        .with.property(
          'message',
          'compile: expected a loss function or one of meanSquaredError, mse, ' +
            'meanAbsoluteError, mae, binaryCrossentropy, categoricalCrossentropy, ' +
            `sparseCategoricalCrossentropy; received '${String(name)}'.`,
        );
    });
  }
});
