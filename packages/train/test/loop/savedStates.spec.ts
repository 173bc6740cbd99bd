import { OptionError, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  earlyStopping,
  encodeModel,
  reduceLROnPlateau,
  type Callback,
  type Model,
} from '../../src/index';
import { errorOf } from '../errorOf';
import { x, y, options, made, stopAfter, again } from './resumable';

describe('Saved states of callbacks that do not fit', () => {
  const stopped = async (...callbacks: readonly Callback[]): Promise<Model> => {
    const model = made();
    await model.fit(x, y, { ...options, callbacks: [...callbacks, stopAfter(3)] });
    return again(model);
  };
  const refusal = async (model: Model, ...callbacks: readonly Callback[]): Promise<string> => {
    const calls: string[] = [];
    const observer: Callback = { onEpochBegin: () => void calls.push('begun') };
    const error = await errorOf(() =>
      model.fit(x, y, { ...options, resume: true, callbacks: [...callbacks, observer] }),
    );
    expect(error).to.be.instanceOf(OptionError);
    expect(calls).to.deep.equal([]);
    return error.message;
  };

  it('are refused where the callback is missing', async () => {
    const model = await stopped(earlyStopping({ patience: 9 }), reduceLROnPlateau());
    expect(await refusal(model, reduceLROnPlateau())).to.equal(
      'fit: expected the callbacks earlyStopping, reduceLROnPlateau, as in the training that is ' +
        'resumed; received reduceLROnPlateau. To go on without what they remember, give ' +
        'initialEpoch: 1 instead of resume.',
    );
    const { epoch } = await model.fit(x, y, { ...options, initialEpoch: 1 });
    expect(epoch).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('are refused where the callback has other options', async () => {
    const model = await stopped(earlyStopping({ patience: 9, monitor: 'loss' }));
    expect(await refusal(model, earlyStopping({ patience: 9 }))).to.equal(
      'earlyStopping: expected monitor "loss", as in the training that is resumed; ' +
        "received 'val_loss'.",
    );
    const restoring = earlyStopping({ patience: 9, monitor: 'loss', restoreBestWeights: true });
    expect(await refusal(model, restoring)).to.contain(
      'expected restoreBestWeights false, as in the training that is resumed; received true.',
    );
  });

  it('are refused where batches are other ones', async () => {
    const model = await stopped();
    const error = await errorOf(() => model.fit(x, y, { ...options, batchSize: 3, resume: true }));
    expect(error.message).to.equal(
      'fit: expected 2 batches in an epoch, as in the training that is resumed; received 3. ' +
        'Give the same data and batchSize as before.',
    );
  });

  it('are refused where a file holds something else than a metric has counted', async () => {
    const model = await stopped();
    const { epoch, batch } = model.progress!;
    const { meter, ...rest } = model.progress!.memory!();
    for (const auc of [null, 3, [], [[1], 'x', false]]) {
      const damaged = { ...meter!, metrics: { ...meter!.metrics, auc } };
      model.progress = { epoch, batch, memory: () => ({ ...rest, meter: damaged }) };
      expect(await refusal(model)).to.match(/^fit: expected all numbers that auc saved; received /);
    }
  });

  it('are refused before they are saved, if JSON has no form for them', async () => {
    const own = (values: object): Callback => ({
      kind: 'own',
      state: () => ({ values: values as never }),
      restore: () => undefined,
    });
    const model = made();
    await model.fit(x, y, { ...options, callbacks: [own({ a: { f: () => 1 } })] });
    expect(() => encodeModel(model)).to.throw(
      OptionError,
      'encodeModel: expected callbacks and metrics whose states are numbers, texts, flags, lists ' +
        'and objects; received a function at memory.callbacks[0].values.a.f.',
    );
    const spread = [NaN, Infinity, -Infinity, 0.1, null, 'text', true, { b: [1] }];
    await model.fit(x, y, { ...options, callbacks: [own({ spread })] });
    let restored: unknown;
    const reader: Callback = {
      ...own({}),
      restore: ({ values }) => void (restored = values['spread']),
    };
    await again(model).fit(x, y, { ...options, resume: true, callbacks: [reader] });
    expect(restored).to.deep.equal(spread);
  });

  it('need a callback with a kind, that can take them up', async () => {
    const model = made();
    const attempt = (callback: Callback) => model.fit(x, y, { ...options, callbacks: [callback] });
    const state = () => ({ values: {} });
    expect((await errorOf(() => attempt({ state, restore: () => undefined }))).message).to.equal(
      'fit: expected kind of callback 0, which has a state, to be a text that is not empty; ' +
        'received undefined.',
    );
    expect((await errorOf(() => attempt({ kind: 'own', state }))).message).to.equal(
      'fit: expected restore of callback 0 to be a function; received undefined.',
    );
  });

  it('are missing where no such callback was: it begins anew', async () => {
    const model = await stopped();
    const stopper = earlyStopping({ patience: 9 });
    const { epoch } = await model.fit(x, y, { ...options, resume: true, callbacks: [stopper] });
    expect(epoch).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(stopper.best!.epoch).to.be.at.least(1);
  });
});

describe("Metrics of one's own", () => {
  it('that do not say what they have counted are measured over the rest of an epoch', async () => {
    const seen: number[] = [];
    const samples = {
      name: 'samples',
      start() {
        let value = 0;
        return {
          add: (_: Tensor, { shape }: Tensor) => void (value += shape[0]!),
          get value() {
            return value;
          },
        };
      },
    };
    const model = made();
    model.compile({ optimizer: 'sgd', loss: 'mse', metrics: [samples] });
    await model.fit(x, y, { ...options, callbacks: [stopAfter(1)] });
    const callbacks: Callback[] = [{ onEpochEnd: (_, logs) => void seen.push(logs['samples']!) }];
    await model.fit(x, y, { ...options, epochs: 2, resume: true, callbacks });
    expect(seen).to.deep.equal([3, 7]);
  });
});
