import { OptionError, range, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { fit, type FitOptions } from '../../src/index';
import { recordedCalls } from '../../testing/index';
import { errorOf } from '../errorOf';
import { listeningModel, type ListeningModel } from '../listeningModel';
import { samples, scaleModel } from '../scaleModel';

/** Rows 0 to count - 1 with targets 100 to 100 + count - 1. */
const numbered = (count: number) => ({ x: range(0, count), y: range(100, 100 + count) });

async function heardBy(count: number, options: FitOptions): Promise<ListeningModel> {
  const model = listeningModel();
  await fit(model, numbered(count), options);
  return model;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

describe('fit', () => {
  it('trains one epoch in batches of 32 by default', async () => {
    const { trained, evaluated } = await heardBy(70, {});
    expect(trained.map(({ x }) => x.length)).to.deep.equal([32, 32, 6]);
    expect(evaluated).to.deep.equal([]);
  });

  it('trains on every sample once an epoch, each with its target', async () => {
    const sizes = {
      count: fc.integer({ min: 1, max: 12 }),
      batchSize: fc.integer({ min: 1, max: 14 }),
    };
    const cases = fc.record({ ...sizes, shuffle: fc.boolean(), seed: fc.integer() });
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, ...options }) => {
        const { trained } = await heardBy(count, { ...options, epochs: 2 });
        const steps = Math.ceil(count / options.batchSize);
        expect(trained).to.have.length(2 * steps);
        for (const epoch of [trained.slice(0, steps), trained.slice(steps)]) {
          const seen = epoch.flatMap(({ x }) => x);
          expect(sorted(seen)).to.deep.equal(upTo(count));
          expect(epoch.flatMap(({ y }) => y)).to.deep.equal(seen.map((row) => row + 100));
        }
      }),
      { numRuns: 50, interruptAfterTimeLimit: 5000 },
    );
  });

  it('counts epochs from initialEpoch to epochs, as Keras does', async () => {
    const epochsOf = async (options: FitOptions) => {
      const calls = recordedCalls();
      const { epoch, history } = await fit(listeningModel(), numbered(3), {
        ...options,
        callbacks: [calls],
      });
      const begun = calls.calls.filter(({ name }) => name === 'onEpochBegin');
      expect(begun.map(({ index }) => index)).to.deep.equal(epoch);
      expect((history['loss'] ?? []).length).to.equal(epoch.length);
      return epoch;
    };
    expect(await epochsOf({})).to.deep.equal([0]);
    expect(await epochsOf({ epochs: 3 })).to.deep.equal([0, 1, 2]);
    expect(await epochsOf({ initialEpoch: 2, epochs: 5 })).to.deep.equal([2, 3, 4]);
    expect(await epochsOf({ initialEpoch: 5, epochs: 5 })).to.deep.equal([]);
    expect(await epochsOf({ initialEpoch: 7, epochs: 5 })).to.deep.equal([]);
  });

  it('gives the loss of an epoch as the mean over samples: the last batch counts less', async () => {
    // Batches [0, 1] and [2] of losses 0.5 and 2: (2 * 0.5 + 2) / 3.
    const model = listeningModel();
    const { epoch, history, stopped } = await fit(model, numbered(3), {
      batchSize: 2,
      epochs: 2,
      shuffle: false,
    });
    expect(history).to.deep.equal({ loss: [1, 1] });
    expect(epoch).to.deep.equal([0, 1]);
    expect(stopped).to.be.false;
  });
});

describe('The order of samples', () => {
  const orderOf = async (options: FitOptions) =>
    (await heardBy(20, { batchSize: 20, ...options })).trained.map(({ x }) => x);

  it('is theirs without shuffling', async () => {
    expect(await orderOf({ epochs: 2, shuffle: false })).to.deep.equal([upTo(20), upTo(20)]);
  });

  it('is another in each epoch and for each seed, and the same for the same seed', async () => {
    const [first, second] = await orderOf({ epochs: 2 });
    expect(first).not.to.deep.equal(upTo(20));
    expect(second).not.to.deep.equal(first);
    expect(await orderOf({ epochs: 2 })).to.deep.equal([first, second]);
    expect(await orderOf({ epochs: 2, seed: 0 })).to.deep.equal([first, second]);
    expect((await orderOf({ seed: 1 }))[0]).not.to.deep.equal(first);
  });

  it('does not depend on where a training was taken up again', async () => {
    const whole = await orderOf({ epochs: 4, seed: 5 });
    const rest = await orderOf({ initialEpoch: 2, epochs: 4, seed: 5 });
    expect(rest).to.deep.equal(whole.slice(2));
  });

  it('does not depend on the batch size', async () => {
    const { trained } = await heardBy(20, { batchSize: 3 });
    expect(trained.flatMap(({ x }) => x)).to.deep.equal((await orderOf({}))[0]);
  });
});

describe('Validation', () => {
  it('takes the last samples, before any shuffling', async () => {
    for (const shuffle of [true, false]) {
      const { trained, evaluated } = await heardBy(10, {
        validationSplit: 0.25,
        epochs: 2,
        shuffle,
      });
      const held = { x: [7, 8, 9], y: [107, 108, 109] };
      expect(evaluated).to.deep.equal([held, held]);
      for (const { x } of trained) expect(sorted(x)).to.deep.equal(upTo(7));
    }
  });

  it('is done on samples of its own where they are given, and then no split is made', async () => {
    const { trained, evaluated } = await heardBy(4, {
      validationData: [range(50, 53), range(60, 63)],
      validationSplit: 0.5,
    });
    expect(evaluated).to.deep.equal([{ x: [50, 51, 52], y: [60, 61, 62] }]);
    expect(sorted(trained[0]!.x)).to.deep.equal(upTo(4));
  });

  it('gives val_loss, one for each epoch', async () => {
    const { history } = await fit(listeningModel(), numbered(4), {
      validationSplit: 0.5,
      epochs: 3,
    });
    expect(history).to.deep.equal({ loss: [0.5, 0.5, 0.5], val_loss: [101, 102, 103] });
  });

  it('of a model is its evaluation after the epoch', async () => {
    const model = scaleModel({ weight: 2 });
    const [x, y] = [samples(1, 3, 2, 4), samples(1, 1, 0, 0)];
    const { history } = await model.fit(x, y, { validationSplit: 0.5, batchSize: 2 });
    // The step goes from weight 2 to 1; errors 2 and 4 remain, mean square 10.
    expect(history).to.deep.equal({ loss: [13], val_loss: [10] });
  });

  it('uses the batch size of the training', async () => {
    const sizes: unknown[] = [];
    const measure = (...args: unknown[]) => ({ loss: sizes.push(args[2]) });
    const model = { ...listeningModel(), measure };
    await fit(model, numbered(4), { validationSplit: 0.5, batchSize: 3 });
    expect(sizes).to.deep.equal([{ batchSize: 3 }]);
  });
});

describe('Options out of their range', () => {
  const wrong: readonly [FitOptions, string][] = [
    [{ batchSize: 0 }, 'batchSize to be a whole number of at least 1; received 0.'],
    [{ batchSize: 1.5 }, 'batchSize to be a whole number of at least 1; received 1.5.'],
    [{ batchSize: Infinity }, 'batchSize to be a whole number of at least 1; received Infinity.'],
    [{ epochs: 0 }, 'epochs to be a whole number of at least 1; received 0.'],
    [{ epochs: NaN }, 'epochs to be a whole number of at least 1; received NaN.'],
    [{ initialEpoch: -1 }, 'initialEpoch to be a whole number of at least 0; received -1.'],
    [{ initialEpoch: 0.5 }, 'initialEpoch to be a whole number of at least 0; received 0.5.'],
    [{ validationSplit: 1 }, 'validationSplit to be at least 0 and below 1; received 1.'],
    [{ validationSplit: -0.1 }, 'validationSplit to be at least 0 and below 1; received -0.1.'],
    [{ validationSplit: NaN }, 'validationSplit to be at least 0 and below 1; received NaN.'],
  ];
  for (const [options, text] of wrong) {
    it(`are refused before training begins: ${JSON.stringify(options)}`, async () => {
      const calls = recordedCalls();
      const error = await errorOf(() =>
        fit(listeningModel(), numbered(4), { ...options, callbacks: [calls] }),
      );
      expect(error).to.be.instanceOf(OptionError);
      expect(error).to.have.property('message', `fit: expected ${text}`);
      expect(calls.calls).to.deep.equal([]);
    });
  }

  it('include a validation split that leaves one part empty', async () => {
    const x = zeros([1, 1, 1, 1]);
    const error = await errorOf(() => scaleModel().fit(x, x, { validationSplit: 0.5 }));
    expect(error).to.be.instanceOf(OptionError);
  });
});
