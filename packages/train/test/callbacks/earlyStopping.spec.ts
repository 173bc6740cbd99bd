import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import { earlyStopping, type EarlyStoppingOptions } from '../../src/index';
import { rehearse } from '../../testing/index';
import { errorOf } from '../errorOf';

/** Trains with these validation losses, two steps an epoch; what became of it. */
async function stopped(validationLosses: readonly number[], options: EarlyStoppingOptions = {}) {
  const callback = earlyStopping(options);
  const losses = validationLosses.map(() => [1, 1]);
  const { epoch, model } = await rehearse([callback], { losses, validationLosses });
  const { best, stoppedEpoch } = callback;
  return { epochs: epoch.length, steps: model.weight('weight').value.item(), best, stoppedEpoch };
}

describe('earlyStopping', () => {
  const cases: readonly [string, number[], EarlyStoppingOptions, epochs: number][] = [
    ['at the first epoch that is not better', [3, 2, 2, 1], {}, 3],
    ['not while each is better', [4, 3, 2, 1], {}, 4],
    ['after as many in a row as patience says', [3, 4, 4, 2, 3, 3, 3, 0], { patience: 3 }, 7],
    ['what is better by minDelta only is not better', [3, 2.5, 1], { minDelta: 0.5 }, 2],
    ['what is better by more is', [3, 2.25, 1], { minDelta: 0.5 }, 3],
    ['looks at no epoch before startFromEpoch', [1, 2, 3, 2, 1], { startFromEpoch: 2 }, 5],
    ['counts what is not better than baseline', [5, 4, 4.5, 1], { baseline: 3, patience: 3 }, 3],
    ['forgets what it counted once it is', [5, 2, 1, 0], { baseline: 3, patience: 2 }, 4],
    ['takes NaN for worse', [3, NaN, 1], {}, 2],
    ['takes NaN for worse than nothing', [NaN, 1], {}, 1],
  ];
  for (const [title, values, options, epochs] of cases) {
    it(`stops: ${title}`, async () => {
      const result = await stopped(values, options);
      expect(result.epochs).to.equal(epochs);
      expect(result.stoppedEpoch).to.equal(epochs < values.length ? epochs - 1 : undefined);
    });
  }

  it('knows the best epoch', async () => {
    const { best } = await stopped([3, 1, 2, 4], { patience: 2 });
    expect(best).to.deep.equal({ epoch: 1, value: 1 });
  });

  it('leaves the last weights unless it is to restore the best ones', async () => {
    expect((await stopped([3, 1, 2, 4], { patience: 2 })).steps).to.equal(8);
    const restored = await stopped([3, 1, 2, 4], { patience: 2, restoreBestWeights: true });
    expect(restored.steps).to.equal(4);
    const unstopped = await stopped([3, 1, 2], { patience: 9, restoreBestWeights: true });
    expect(unstopped.steps).to.equal(4);
  });

  const larger = ['accuracy', 'acc', 'mask_accuracy', 'auc', 'precision', 'recall', 'f1Score'];
  const others = ['meanIoU', 'sparseTopKCategoricalAccuracy', 'cosineSimilarity'];
  for (const name of [...larger, ...others]) {
    it(`knows that more ${name} is better, unless it is told otherwise`, async () => {
      const validationMetrics = { [name]: [0.1, 0.2, 0.15] };
      const script = { losses: [[1], [1], [1]], validationLosses: [3, 3, 3], validationMetrics };
      const monitor = `val_${name}`;
      expect((await rehearse([earlyStopping({ monitor })], script)).epoch).to.have.length(3);
      expect(
        (await rehearse([earlyStopping({ monitor, mode: 'min' })], script)).epoch,
      ).to.have.length(2);
    });
  }

  it('watches the loss, or the largest of anything, if it is told to', async () => {
    const script = { losses: [[2], [3], [1], [0]] };
    expect((await rehearse([earlyStopping({ monitor: 'loss' })], script)).epoch).to.have.length(2);
    const largest = earlyStopping({ monitor: 'loss', mode: 'max' });
    expect((await rehearse([largest], script)).epoch).to.have.length(3);
  });

  it('begins anew with each training', async () => {
    const callback = earlyStopping();
    const script = { losses: [[1], [1]], validationLosses: [2, 3] };
    await rehearse([callback], script);
    const again = await rehearse([callback], { ...script, validationLosses: [9, 8] });
    expect(again.epoch).to.have.length(2);
    expect(callback.stoppedEpoch).to.equal(undefined);
  });

  it('says what there is to monitor', async () => {
    const error = await errorOf(() => rehearse([earlyStopping()], { losses: [[1]] }));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(
      "earlyStopping: expected monitor to be one of loss; received 'val_loss'. " +
        'Give fit a validationSplit or validationData.',
    );
    const other = earlyStopping({ monitor: 'accuracy' });
    const unknown = await errorOf(() => rehearse([other], { losses: [[1]] }));
    expect(unknown.message).to.equal(
      "earlyStopping: expected monitor to be one of loss; received 'accuracy'.",
    );
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ patience: -1 }, 'patience to be a whole number of at least 0; received -1.'],
    [{ patience: 1.5 }, 'patience to be a whole number of at least 0; received 1.5.'],
    [{ minDelta: -1 }, 'minDelta to be a finite number of at least 0; received -1.'],
    [{ mode: 'least' }, "mode to be one of auto, min, max; received 'least'."],
    [{ monitor: '' }, "monitor to be a text that is not empty; received ''."],
    [{ restoreBestWeights: 1 }, 'restoreBestWeights to be true or false; received 1.'],
    [{ baseline: 'low' }, "baseline to be a finite number; received 'low'."],
    [{ startFromEpoch: null }, 'startFromEpoch to be a whole number of at least 0; received null.'],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => earlyStopping(options))
        .to.throw(OptionError)
        .with.property('message', `earlyStopping: expected ${text}`);
    });
  }
});
