import { OptionError, range } from '@gradus/tensor';
import { expect } from 'chai';
import {
  fit,
  learningRateScheduler,
  reduceLROnPlateau,
  type Callback,
  type ReduceLROnPlateauOptions,
} from '../../src/index';
import { rehearse } from '../../testing/index';
import { errorOf } from '../errorOf';
import { listeningModel } from '../listeningModel';

/** The rates with which the epochs' steps are made. */
async function rates(callback: Callback, validationLosses: readonly number[]): Promise<number[]> {
  const seen: number[] = [];
  const listener: Callback = {
    onBatchEnd: (_, __, { model }) => void seen.push(model.optimizer!.learningRate),
  };
  const losses = validationLosses.map(() => [1]);
  await rehearse([callback, listener], { losses, validationLosses });
  return seen;
}

describe('reduceLROnPlateau', () => {
  const half = { factor: 0.5, patience: 1 };
  const cases: readonly [string, number[], ReduceLROnPlateauOptions, number[]][] = [
    ['after an epoch that is not better', [3, 3, 2, 2, 1], half, [1, 1, 0.5, 0.5, 0.25]],
    ['not while each is better', [3, 2, 1, 0], half, [1, 1, 1, 1]],
    [
      'after as many in a row as patience says',
      [3, 3, 3, 3, 3],
      { factor: 0.5, patience: 2 },
      [1, 1, 1, 0.5, 0.5],
    ],
    [
      'what is better by minDelta only is not',
      [3, 2.5, 2],
      { ...half, minDelta: 0.5 },
      [1, 1, 0.5],
    ],
    [
      'rests for cooldown epochs',
      [3, 3, 3, 3, 3, 3],
      { ...half, cooldown: 2 },
      [1, 1, 0.5, 0.5, 0.25, 0.25],
    ],
    ['does not go below minLR', [3, 3, 3, 3], { ...half, minLR: 0.4 }, [1, 1, 0.5, 0.4]],
    ['by a factor of 0.1', [3, 3, 3], { patience: 1 }, [1, 1, 0.1]],
    ['takes NaN for worse', [3, NaN, 1], half, [1, 1, 0.5]],
  ];
  for (const [title, values, options, expected] of cases) {
    it(`lowers the rate: ${title}`, async () => {
      expect(await rates(reduceLROnPlateau(options), values)).to.deep.equal(expected);
    });
  }

  it('has the patience of 10 epochs, and a minDelta of 1e-4, unless it is told', async () => {
    const flat = Array.from({ length: 13 }, (_, i) => 1 - i * 1e-6);
    const seen = await rates(reduceLROnPlateau(), flat);
    expect(seen).to.deep.equal([...new Array<number>(11).fill(1), 0.1, 0.1]);
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ factor: 1 }, 'factor to be below 1; received 1.'],
    [{ factor: -0.5 }, 'factor to be a finite number of at least 0; received -0.5.'],
    [{ cooldown: NaN }, 'cooldown to be a whole number of at least 0; received NaN.'],
    [{ minLR: -1 }, 'minLR to be a finite number of at least 0; received -1.'],
    [{ patience: '1' }, "patience to be a whole number of at least 0; received '1'."],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => reduceLROnPlateau(options))
        .to.throw(OptionError)
        .with.property('message', `reduceLROnPlateau: expected ${text}`);
    });
  }
});

describe('learningRateScheduler', () => {
  it('sets the rate of each epoch, from its number and the rate before', async () => {
    const told: [number, number][] = [];
    const callback = learningRateScheduler({
      schedule(epoch, rate) {
        told.push([epoch, rate]);
        return rate / 2;
      },
    });
    expect(await rates(callback, [1, 1, 1])).to.deep.equal([0.5, 0.25, 0.125]);
    expect(told).to.deep.equal([
      [0, 1],
      [1, 0.5],
      [2, 0.25],
    ]);
  });

  it('refuses a rate that is none, naming the epoch', async () => {
    const callback = learningRateScheduler({ schedule: (epoch) => (epoch === 1 ? -1 : 1) });
    const error = await errorOf(() => rates(callback, [1, 1]));
    expect(error).to.be.instanceOf(OptionError);
    expect(error.message).to.equal(
      'learningRateScheduler: expected schedule(1) to be a finite number of at least 0; ' +
        'received -1.',
    );
  });

  it('needs a function', () => {
    expect(() => learningRateScheduler({ schedule: 0.1 as never })).to.throw(
      OptionError,
      'learningRateScheduler: expected schedule to be a function; received 0.1.',
    );
  });
});

describe('What changes the learning rate', () => {
  for (const [name, callback] of Object.entries({
    reduceLROnPlateau: reduceLROnPlateau(),
    learningRateScheduler: learningRateScheduler({ schedule: () => 1 }),
  })) {
    it(`needs a model with an optimizer: ${name}`, async () => {
      const data = { x: range(0, 3), y: range(0, 3) };
      const error = await errorOf(() => fit(listeningModel(), data, { callbacks: [callback] }));
      expect(error.message).to.equal(
        `${name}: expected a model with an optimizer, whose learning rate can be set; ` +
          'received one without.',
      );
    });
  }
});
