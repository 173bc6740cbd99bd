import { OptionError } from '@gradus/tensor';
import { expect } from 'chai';
import type { Callback } from '../../src/index';
import { rehearse, type Script } from '../../testing/index';
import { errorOf } from '../errorOf';

/** Stops when the validation loss has grown, and puts the weight of the best epoch back. */
function stopsWhenWorse(): Callback {
  let best = { loss: Infinity, restore: () => undefined as void };
  return {
    onEpochEnd(_, logs, context) {
      const loss = logs['val_loss']!;
      const weight = context.model.weight('weight');
      if (loss > best.loss) return context.stop();
      const snapshot = weight.snapshot();
      best = { loss, restore: () => weight.assign(snapshot) };
    },
    onTrainEnd: () => best.restore(),
  };
}

describe('rehearse', () => {
  it('tells callbacks the losses of the script, batch by batch', async () => {
    const heard: number[] = [];
    const { history, epoch, stopped } = await rehearse(
      [{ onBatchEnd: (_, logs) => void heard.push(logs['loss']!) }],
      {
        losses: [
          [4, 2],
          [1, 0],
        ],
        validationLosses: [7, 8],
      },
    );
    expect(heard).to.deep.equal([4, 3, 1, 0.5]);
    expect(history).to.deep.equal({ loss: [3, 0.5], val_loss: [7, 8] });
    expect(epoch).to.deep.equal([0, 1]);
    expect(stopped).to.be.false;
  });

  it('has no validation unless the script has', async () => {
    expect((await rehearse([], { losses: [[1], [2]] })).history).to.deep.equal({ loss: [1, 2] });
  });

  it('shows where a callback stops, and which weights it puts back', async () => {
    const { epoch, stopped, model } = await rehearse([stopsWhenWorse()], {
      losses: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      validationLosses: [3, 2, 4, 1],
    });
    expect(epoch).to.deep.equal([0, 1, 2]);
    expect(stopped).to.be.true;
    expect(model.weight('weight').value.item()).to.equal(4);
  });

  it('validates an epoch that was cut short, and lets callbacks evaluate themselves', async () => {
    const { history } = await rehearse(
      [
        {
          onBatchBegin(_, { model }) {
            model.measure(model.weight('weight').value, model.weight('weight').value);
          },
          onBatchEnd: (_, __, context) => context.stop(),
        },
      ],
      { losses: [[5, 1]], validationLosses: [9] },
    );
    expect(history).to.deep.equal({ loss: [5], val_loss: [9] });
  });

  it('tells what else validation measures', async () => {
    const { history } = await rehearse([], {
      losses: [[1], [2]],
      validationLosses: [3, 4],
      validationMetrics: { accuracy: [0.5, 0.75] },
    });
    expect(history).to.deep.equal({ loss: [1, 2], val_loss: [3, 4], val_accuracy: [0.5, 0.75] });
  });

  it('has an optimizer, is saved, and shows gradients, as callbacks expect of models', async () => {
    const shown: number[] = [];
    let stopShowing = (): void => undefined;
    const { model } = await rehearse(
      [
        {
          onTrainBegin({ model }) {
            stopShowing = model.observeGradients!((gradients) => {
              shown.push(gradients.get('weight')!.item());
            });
          },
          async onEpochEnd(epoch, _, { model }) {
            await model.save!(`epoch ${epoch}`);
            model.optimizer!.learningRate /= 2;
            stopShowing();
          },
        },
      ],
      {
        losses: [
          [5, 6],
          [7, 8],
        ],
        learningRate: 4,
      },
    );
    expect(shown).to.deep.equal([5, 6]);
    expect(model.optimizer.learningRate).to.equal(1);
    expect(model.saved).to.deep.equal([
      { path: 'epoch 0', steps: 2 },
      { path: 'epoch 1', steps: 4 },
    ]);
  });

  const wrong: readonly [Script, string][] = [
    [
      { losses: [] },
      'losses of one epoch or more, each with the same number of batches; received [] batches.',
    ],
    [
      { losses: [[]] },
      'losses of one epoch or more, each with the same number of batches; received [0] batches.',
    ],
    [
      { losses: [[1, 2], [3]] },
      'losses of one epoch or more, each with the same number of batches; received [2, 1] batches.',
    ],
    [
      { losses: [[1], [2]], validationLosses: [1] },
      '2 validationLosses, one for each epoch; received 1.',
    ],
    [
      { losses: [[1]], validationLosses: [1], validationMetrics: { accuracy: [1, 0] } },
      '1 accuracy, one for each epoch; received 2.',
    ],
  ];
  for (const [script, text] of wrong) {
    it(`refuses a script such as ${JSON.stringify(script)}`, async () => {
      const error = await errorOf(() => rehearse([], script));
      expect(error).to.be.instanceOf(OptionError);
      expect(error.message).to.equal(`rehearse: expected ${text}`);
    });
  }

  it('has one weight and no predictions, and says so', async () => {
    const { model } = await rehearse([], { losses: [[1]] });
    const x = model.weight('weight').value;
    expect(() => model.weight('kernel')).to.throw("weight: expected 'weight'; received 'kernel'.");
    expect(() => model.predict(x)).to.throw(
      'predict: expected a model that computes; received a rehearsal, whose losses are given.',
    );
  });
});
