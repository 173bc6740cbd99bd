import { dense, dropout, input } from '@gradus/layers';
import { adam } from '@gradus/optimizers';
import { fill, Random, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { sequential, type Callback, type FitOptions, type Model } from '../../src/index';

describe('A training that is stopped and taken up again', () => {
  const random = new Random(7);
  const draw = (columns: number): Tensor => fill([10, columns], () => random.normal());
  const [x, y] = [draw(3), draw(1)];
  const options: FitOptions = { epochs: 3, batchSize: 4, seed: 5 };
  const made = (): Model => {
    const model = sequential([
      input([3]),
      dense({ units: 4, activation: 'tanh' }),
      dropout({ rate: 0.5 }),
      dense({ units: 1 }),
    ]);
    model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'mse' });
    return model;
  };
  const weightsOf = (model: Model): unknown[] => model.getWeights().map((w) => w.toArray());
  /** Stops after so many steps. */
  const stopAfter = (count: number): Callback => {
    let steps = 0;
    return {
      onBatchEnd(_batch, _logs, context) {
        steps += 1;
        if (steps === count) context.stop();
      },
    };
  };

  for (const steps of [1, 3, 5]) {
    it(`is as if it had not been stopped: after ${steps} of 9 steps`, async () => {
      const [whole, parted] = [made(), made()];
      await whole.fit(x, y, options);
      const { stopped } = await parted.fit(x, y, { ...options, callbacks: [stopAfter(steps)] });
      expect(stopped).to.equal(true);
      expect(weightsOf(parted)).not.to.deep.equal(weightsOf(whole));
      await parted.fit(x, y, { ...options, resume: true });
      expect(weightsOf(parted)).to.deep.equal(weightsOf(whole));
    });
  }

  it('knows how far it got', async () => {
    const model = made();
    expect(model.progress).to.equal(undefined);
    await model.fit(x, y, { ...options, callbacks: [stopAfter(5)] });
    expect(model.progress).to.deep.equal({ epoch: 1, batch: 2 });
    await model.fit(x, y, { ...options, resume: true });
    expect(model.progress).to.deep.equal({ epoch: 3, batch: 0 });
    const before = weightsOf(model);
    const { epoch } = await model.fit(x, y, { ...options, resume: true });
    expect(epoch).to.deep.equal([0, 1, 2]);
    expect(weightsOf(model)).to.deep.equal(before);
  });

  it('begins anew unless it is told to resume', async () => {
    const model = made();
    await model.fit(x, y, { ...options, epochs: 1 });
    const { epoch } = await model.fit(x, y, { ...options, epochs: 1 });
    expect(epoch).to.deep.equal([0]);
  });

  it('stops after the present step when its signal is aborted', async () => {
    const [model, controller] = [made(), new AbortController()];
    const callbacks = [{ onBatchEnd: () => controller.abort() }];
    const { stopped } = await model.fit(x, y, { ...options, callbacks, signal: controller.signal });
    expect(stopped).to.equal(true);
    expect(model.progress).to.deep.equal({ epoch: 0, batch: 1 });
  });
});
