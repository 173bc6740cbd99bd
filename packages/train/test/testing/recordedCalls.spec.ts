import { expect } from 'chai';
import { recordedCalls, rehearse } from '../../testing/index';

describe('recordedCalls', () => {
  it('lists the calls with their numbers and logs', async () => {
    const recorder = recordedCalls();
    await rehearse([recorder], { losses: [[3, 1]], validationLosses: [5] });
    expect(recorder.calls).to.deep.equal([
      { name: 'onTrainBegin' },
      { name: 'onEpochBegin', index: 0 },
      { name: 'onBatchBegin', index: 0 },
      { name: 'onBatchEnd', index: 0, logs: { loss: 3 } },
      { name: 'onBatchBegin', index: 1 },
      { name: 'onBatchEnd', index: 1, logs: { loss: 2 } },
      { name: 'onEpochEnd', index: 0, logs: { loss: 2, val_loss: 5 } },
      { name: 'onTrainEnd' },
    ]);
  });

  it('keeps one list for each recorder', async () => {
    const [first, second] = [recordedCalls(), recordedCalls()];
    await rehearse([first], { losses: [[1]] });
    expect(first.calls).to.have.length(6);
    expect(second.calls).to.deep.equal([]);
  });
});
