import { range } from '@gradus/tensor';
import { expect } from 'chai';
import { fit, type Callback, type CallbackEvents, type TrainingContext } from '../../src/index';
import { nextTurn } from '../../src/loop/nextTurn';
import { recordedCalls } from '../../testing/index';
import { errorOf } from '../errorOf';
import { listeningModel } from '../listeningModel';
import { samples, scaleModel } from '../scaleModel';

const data = { x: range(0, 3), y: range(0, 3) };
const inOrder = { batchSize: 2, shuffle: false };

describe('Callbacks', () => {
  it('are told of the training, its epochs and its batches, with the mean losses so far', async () => {
    const { calls, ...callback } = recordedCalls();
    await fit(listeningModel(), data, {
      ...inOrder,
      epochs: 2,
      callbacks: [callback],
      validationData: [data.x, data.y],
    });
    const epoch = (index: number, val_loss: number) => [
      { name: 'onEpochBegin', index },
      { name: 'onBatchBegin', index: 0 },
      { name: 'onBatchEnd', index: 0, logs: { loss: 0.5 } },
      { name: 'onBatchBegin', index: 1 },
      { name: 'onBatchEnd', index: 1, logs: { loss: 1 } },
      { name: 'onEpochEnd', index, logs: { loss: 1, val_loss } },
    ];
    expect(calls).to.deep.equal([
      { name: 'onTrainBegin' },
      ...epoch(0, 101),
      ...epoch(1, 102),
      { name: 'onTrainEnd' },
    ]);
  });

  it('are called around the steps, not before or after all of them', async () => {
    const model = listeningModel();
    const steps: [string, number][] = [];
    const note = (name: string) => () => void steps.push([name, model.trained.length]);
    await fit(model, data, {
      ...inOrder,
      callbacks: [
        {
          onTrainBegin: note('onTrainBegin'),
          onBatchBegin: note('onBatchBegin'),
          onBatchEnd: note('onBatchEnd'),
          onTrainEnd: note('onTrainEnd'),
        },
      ],
    });
    expect(steps).to.deep.equal([
      ['onTrainBegin', 0],
      ['onBatchBegin', 0],
      ['onBatchEnd', 1],
      ['onBatchBegin', 1],
      ['onBatchEnd', 2],
      ['onTrainEnd', 2],
    ]);
  });

  it('are called one after the other, in their order, and waited for', async () => {
    const said: string[] = [];
    const slow = (name: string) => async () => {
      await nextTurn();
      await nextTurn();
      said.push(`slow ${name}`);
    };
    const quick = (name: string) => () => void said.push(`quick ${name}`);
    const both = (
      make: (name: string) => () => void | Promise<void>,
    ): Required<CallbackEvents> => ({
      onTrainBegin: make('onTrainBegin'),
      onTrainEnd: make('onTrainEnd'),
      onEpochBegin: make('onEpochBegin'),
      onEpochEnd: make('onEpochEnd'),
      onBatchBegin: make('onBatchBegin'),
      onBatchEnd: make('onBatchEnd'),
    });
    await fit(listeningModel(), data, { callbacks: [both(slow), both(quick)] });
    const order = ['onTrainBegin', 'onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd'];
    expect(said).to.deep.equal(
      [...order, 'onTrainEnd'].flatMap((name) => [`slow ${name}`, `quick ${name}`]),
    );
  });

  it('get to know the training', async () => {
    const model = listeningModel();
    const contexts: TrainingContext[] = [];
    await fit(
      model,
      { x: range(0, 10), y: range(0, 10) },
      {
        batchSize: 3,
        initialEpoch: 1,
        epochs: 4,
        validationSplit: 0.2,
        callbacks: [{ onTrainBegin: (context) => void contexts.push(context) }],
      },
    );
    const { model: trained, epochs, steps, samples: count } = contexts[0]!;
    expect(trained).to.equal(model);
    expect({ epochs, steps, count }).to.deep.equal({ epochs: 4, steps: 3, count: 8 });
  });

  it('may keep snapshots of weights', async () => {
    const kept: number[] = [];
    const model = scaleModel({ weight: 2 });
    await model.fit(samples(1, 3), samples(1, 1), {
      epochs: 2,
      callbacks: [
        { onEpochEnd: (_, __, { model }) => void kept.push(model.weight('kernel').value.item()) },
      ],
    });
    // From 2 the slope is 16, and from 1 it is (2*1*0 + 2*3*2) / 2 = 6; the rate is 1/16.
    expect(kept).to.deep.equal([1, 1 - 6 / 16]);
  });

  it('end the training with their errors', async () => {
    const calls = recordedCalls();
    const failing: Callback = {
      async onBatchEnd() {
        throw new Error('disk full');
      },
    };
    const error = await errorOf(() => fit(listeningModel(), data, { callbacks: [failing, calls] }));
    expect(error.message).to.equal('disk full');
    expect(calls.calls.map(({ name }) => name)).to.deep.equal([
      'onTrainBegin',
      'onEpochBegin',
      'onBatchBegin',
    ]);
  });
});

describe('stop()', () => {
  const validationData = [data.x, data.y] as const;

  /** Trains 3 epochs of 2 batches while `callback` may stop it; what happened. */
  async function stoppedBy(callback: Callback) {
    const calls = recordedCalls();
    const model = listeningModel();
    const options = { ...inOrder, epochs: 3, validationData, callbacks: [callback, calls] };
    const result = await fit(model, data, options);
    return { ...result, steps: model.trained.length, calls: calls.calls };
  }

  it('in the middle of an epoch ends it after the batch, history and callbacks whole', async () => {
    const { epoch, history, stopped, steps, calls } = await stoppedBy({
      onBatchEnd(batch, logs, context) {
        if (batch === 0 && logs['loss'] === 0.5) context.stop();
      },
    });
    expect(steps).to.equal(1);
    expect(epoch).to.deep.equal([0]);
    expect(history).to.deep.equal({ loss: [0.5], val_loss: [101] });
    expect(stopped).to.be.true;
    expect(calls.slice(-2)).to.deep.equal([
      { name: 'onEpochEnd', index: 0, logs: { loss: 0.5, val_loss: 101 } },
      { name: 'onTrainEnd' },
    ]);
  });

  const moments: readonly [string, Callback, steps: number, epochs: number][] = [
    ['before the training', { onTrainBegin: (context) => context.stop() }, 0, 0],
    ['before an epoch', { onEpochBegin: (_, context) => context.stop() }, 1, 1],
    ['before a batch', { onBatchBegin: (_, context) => context.stop() }, 1, 1],
    [
      'after an epoch',
      { onEpochEnd: (epoch, _, context) => void (epoch === 1 && context.stop()) },
      4,
      2,
    ],
    ['after the training', { onTrainEnd: (context) => context.stop() }, 6, 3],
  ];
  for (const [title, callback, steps, epochs] of moments) {
    it(`${title} ends it as soon as the batch is over`, async () => {
      const result = await stoppedBy(callback);
      expect(result.steps).to.equal(steps);
      expect(result.epoch).to.have.length(epochs);
      expect(result.history['loss'] ?? []).to.have.length(epochs);
      expect(result.history['val_loss'] ?? []).to.have.length(epochs);
      expect(result.stopped).to.be.true;
      expect(result.calls.at(-1)).to.deep.equal({ name: 'onTrainEnd' });
    });
  }

  it('may come from outside, between two batches', async () => {
    const { steps, stopped } = await stoppedBy({
      onTrainBegin: (context) => void setImmediate(() => context.stop()),
    });
    expect(stopped).to.be.true;
    expect(steps).to.equal(1);
  });
});

describe('Training', () => {
  it('leaves the event loop a turn after every batch', async () => {
    const model = listeningModel();
    const heard: number[] = [];
    let running = true;
    const listen = (): void => {
      heard.push(model.trained.length);
      if (running) setImmediate(listen);
    };
    setImmediate(listen);
    await fit(model, data, { batchSize: 1, epochs: 2 });
    running = false;
    expect([...new Set(heard)]).to.include.members([1, 2, 3, 4, 5]);
  });
});
