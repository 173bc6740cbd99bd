import { expect } from 'chai';
import fc from 'fast-check';
import {
  decodeModel,
  earlyStopping,
  encodeModel,
  learningRateScheduler,
  modelCheckpoint,
  reduceLROnPlateau,
  type Callback,
  type History,
  type Model,
} from '../../src/index';
import { x, y, epochs, steps, options, made, stopAfter, again } from './resumable';

const saves: string[] = [];
/** Fresh callbacks, as a program that is started again has them. */
const sets: Readonly<Record<string, () => readonly Callback[]>> = {
  none: () => [],
  earlyStopping: () => [earlyStopping({ patience: 2 })],
  'earlyStopping of the loss': () => [earlyStopping({ monitor: 'loss', patience: 1 })],
  'earlyStopping that restores the best weights': () => [
    earlyStopping({ patience: 2, restoreBestWeights: true }),
  ],
  reduceLROnPlateau: () => [
    reduceLROnPlateau({ patience: 1, factor: 0.5, cooldown: 1, monitor: 'auc', mode: 'min' }),
  ],
  learningRateScheduler: () => [
    learningRateScheduler({ schedule: (epoch, rate) => rate * (epoch === 0 ? 1 : 0.5) }),
  ],
  modelCheckpoint: () => [
    modelCheckpoint({
      filepath: '{epoch} {val_loss}',
      saveBestOnly: true,
      save: (_, path) => void saves.push(path),
    }),
  ],
  'modelCheckpoint every 3 steps': () => [
    modelCheckpoint({
      filepath: '{epoch} {batch} {loss}',
      saveFreq: 3,
      save: (_, path) => void saves.push(path),
    }),
  ],
  'several at once': () => [
    reduceLROnPlateau({ patience: 1, factor: 0.5, monitor: 'loss' }),
    earlyStopping({ patience: 3, restoreBestWeights: true }),
    reduceLROnPlateau({ patience: 1, factor: 0.7, monitor: 'val_auc' }),
  ],
};

/** All that a training comes to. */
function outcome(model: Model, { epoch, history, stopped }: History, saved: readonly string[]) {
  const { iterations, learningRate, tensors } = model.optimizer.getState(model.variables);
  return {
    weights: model.getWeights().map((weight) => weight.toArray()),
    slots: Object.values(tensors).map((slot) => slot.toArray()),
    ...{ iterations, learningRate, epoch, history, stopped },
    saved,
  };
}

async function unbroken(callbacks: readonly Callback[]) {
  const model = made();
  saves.length = 0;
  const history = await model.fit(x, y, { ...options, callbacks });
  return outcome(model, history, [...saves]);
}

describe('A training that is stopped, saved and resumed equals one without a stop', () => {
  for (const [name, callbacks] of Object.entries(sets)) {
    it(`with callbacks: ${name}`, async () => {
      const expected = await unbroken(callbacks());
      const stops = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(stops, async (counts) => {
          saves.length = 0;
          let model = made();
          for (const [i, count] of counts.entries()) {
            const resume = i > 0;
            const own = [...callbacks(), stopAfter(count)];
            await model.fit(x, y, { ...options, resume, callbacks: own });
            model = again(model);
          }
          const rest = await model.fit(x, y, { ...options, resume: true, callbacks: callbacks() });
          expect(outcome(model, rest, [...saves])).to.deep.equal(expected);
        }),
        { numRuns: 8, interruptAfterTimeLimit: 4000 },
      );
    });
  }

  it('wherever among the callbacks, and whenever, it is saved', async () => {
    const callbacks = sets['several at once']!;
    const expected = await unbroken(callbacks());
    const moments = [
      ...(['onTrainBegin', 'onEpochBegin', 'onBatchBegin'] as const),
      ...(['onBatchEnd', 'onEpochEnd', 'onTrainEnd'] as const),
    ];
    for (const place of [0, 1, 3]) {
      for (const moment of moments) {
        const files: Uint8Array[] = [];
        const model = made();
        const saver: Callback = { [moment]: () => void files.push(encodeModel(model)) };
        const own = callbacks().toSpliced(place, 0, saver);
        await model.fit(x, y, { ...options, callbacks: own });
        for (const file of [files[0]!, files[2] ?? files[0]!, files.at(-1)!]) {
          const read = decodeModel(file);
          const rest = await read.fit(x, y, { ...options, resume: true, callbacks: callbacks() });
          expect(outcome(read, rest, []), `${moment} ${place}`).to.deep.equal(expected);
        }
      }
    }
  });

  it("with a callback of one's own, told once of the end of each batch and epoch", async () => {
    const counter = (): Callback & { readonly told: string[] } => {
      const told: string[] = [];
      return {
        told,
        kind: 'counter',
        onBatchEnd: (batch, { loss }) => void told.push(`batch ${batch} ${loss}`),
        onEpochEnd: (epoch, { loss }, { cutShort }) =>
          void (cutShort || told.push(`epoch ${epoch} ${loss}`)),
        state: () => ({ values: { told } }),
        restore: ({ values }) => void told.push(...(values['told'] as string[])),
      };
    };
    const whole = counter();
    await made().fit(x, y, { ...options, callbacks: [whole] });
    expect(whole.told).to.have.length(epochs * (steps + 1));
    for (const moment of ['onBatchEnd', 'onEpochEnd'] as const) {
      const model = made();
      let file: Uint8Array = new Uint8Array();
      const saver: Callback = { [moment]: () => void (file = encodeModel(model)) };
      await model.fit(x, y, { ...options, epochs: 3, callbacks: [saver, counter()] });
      const rest = counter();
      await decodeModel(file).fit(x, y, { ...options, resume: true, callbacks: [rest] });
      expect(rest.told, moment).to.deep.equal(whole.told);
    }
  });
});

describe('A training that early stopping ended', () => {
  const callbacks = () => [
    earlyStopping({ patience: 1, restoreBestWeights: true, monitor: 'auc' }),
  ];
  const weightsOf = (model: Model) => model.getWeights().map((weight) => weight.toArray());

  it('has ended when it is resumed, with the best weights', async () => {
    const model = made();
    const [stopper] = callbacks();
    const { epoch } = await model.fit(x, y, { ...options, epochs: 20, callbacks: [stopper!] });
    expect(epoch.length).to.be.below(20);
    const read = again(model);
    const [resumed] = callbacks();
    const rest = await read.fit(x, y, {
      ...options,
      epochs: 20,
      resume: true,
      callbacks: [resumed!],
    });
    expect(rest.epoch).to.deep.equal(epoch);
    expect(weightsOf(read)).to.deep.equal(weightsOf(model));
    expect(resumed!.best).to.deep.equal(stopper!.best);
    expect(resumed!.stoppedEpoch).to.equal(stopper!.stoppedEpoch);
  });

  it('goes on from its last weights with more patience, as if it had had it before', async () => {
    const patient = () => [
      earlyStopping({ patience: 3, restoreBestWeights: true, monitor: 'auc' }),
    ];
    const [whole, parted] = [made(), made()];
    await whole.fit(x, y, { ...options, callbacks: patient() });
    const { epoch } = await parted.fit(x, y, { ...options, callbacks: callbacks() });
    expect(epoch.length).to.be.below(epochs);
    const read = again(parted);
    await read.fit(x, y, { ...options, resume: true, callbacks: patient() });
    expect(weightsOf(read)).to.deep.equal(weightsOf(whole));
  });
});
