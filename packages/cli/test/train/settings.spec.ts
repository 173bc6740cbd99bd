import { expect } from 'chai';
import { models } from 'gradus';
import { optimizers } from '../../src/train/optimizers';
import { schedules, type ScheduleName } from '../../src/train/schedules';
import { completeSettings } from '../../src/train/settings';

describe('completeSettings', () => {
  it('trains the small network on digits unless told otherwise', () => {
    expect(completeSettings({})).to.deep.equal({
      ...{ data: 'digits', from: undefined, size: undefined, limit: undefined },
      ...{ model: 'mnist-cnn', validationSplit: 0, seed: 0, engine: 'simd', threads: 1 },
      ...{ epochs: 3, batchSize: 64, learningRate: 0.004, schedule: 'cosine', optimizer: 'adam' },
    });
  });

  it('keeps what was given, and takes as missing what is undefined', () => {
    const given = { epochs: 7, seed: 3, schedule: undefined, data: 'mnist' };
    expect(completeSettings(given)).to.deep.include({
      ...{ epochs: 7, seed: 3, schedule: 'cosine', data: 'mnist', batchSize: 64 },
    });
  });

  it('has a recipe for each network that tells images apart, and one for those in files', () => {
    const own = completeSettings({ model: 'mine.mjs' });
    expect(own).to.deep.include({ epochs: 10, batchSize: 32, learningRate: 0.001 });
    expect(own).to.deep.include({ schedule: 'constant', optimizer: 'adam' });
    for (const model of models.modelNames.filter((name) => name !== 'u-net')) {
      const { epochs, batchSize, learningRate, schedule } = completeSettings({ model });
      expect([epochs, batchSize, learningRate, schedule], model).to.not.deep.equal([
        ...[own.epochs, own.batchSize, own.learningRate, own.schedule],
      ]);
    }
  });

  it('takes a learning rate that suits another optimizer', () => {
    expect(completeSettings({ optimizer: 'momentum' }).learningRate).to.equal(0.01);
    expect(completeSettings({ optimizer: 'sgd', learningRate: 0.3 }).learningRate).to.equal(0.3);
    expect(completeSettings({ optimizer: 'adam' }).learningRate).to.equal(0.004);
  });
});

describe('schedules', () => {
  const courses: Readonly<Record<ScheduleName, readonly number[]>> = {
    constant: [2, 2, 2, 2],
    cosine: [2, 2 * (0.5 + Math.cos(Math.PI / 3) / 2), 2 * (0.5 - Math.cos(Math.PI / 3) / 2), 0],
    'warm-up': [0, NaN, NaN, 0],
    exponential: [2, 2 * 0.01 ** (1 / 3), 2 * 0.01 ** (2 / 3), 0.02],
    linear: [2, 4 / 3, 2 / 3, 0],
    step: [2, 0.2, 0.02, 0.002],
    'one-cycle': [0.2, NaN, NaN, 0.002],
  };
  for (const [name, expected] of Object.entries(courses)) {
    it(`has ${name} begin, go on and end as it should`, () => {
      const rate = schedules[name as ScheduleName](2, 300);
      expected.forEach((value, third) => {
        if (Number.isNaN(value)) return;
        const found = typeof rate === 'number' ? rate : rate(100 * third);
        expect(found, `after ${third} thirds`).to.be.closeTo(value, 1e-12);
      });
    });
  }

  it('rise to the learning rate where they rise', () => {
    const largest = (name: ScheduleName): number => {
      const rate = schedules[name](2, 300);
      return Math.max(
        ...Array.from({ length: 300 }, (_, step) => (typeof rate === 'number' ? rate : rate(step))),
      );
    };
    expect([largest('warm-up'), largest('one-cycle')]).to.deep.equal([2, 2]);
  });

  it('suit a training of one step', () => {
    for (const name of Object.keys(schedules) as ScheduleName[]) {
      const rate = schedules[name](1, 1);
      expect(typeof rate === 'number' ? rate : rate(0), name).to.be.within(0, 1);
    }
  });
});

describe('optimizers', () => {
  it('can all be saved, and take the learning rate', () => {
    for (const [name, make] of Object.entries(optimizers)) {
      const optimizer = make(0.25);
      expect(optimizer.learningRate, name).to.equal(0.25);
      expect(optimizer.config.config, name).to.include({ learningRate: 0.25 });
    }
  });
});
