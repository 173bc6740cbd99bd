import { adam } from '@gradus/optimizers';
import { fill, OptionError, ShapeError } from '@gradus/tensor';
import { expect } from 'chai';
import { uNet } from '../../src/index';
import { rowsOf, weightedRowsOf } from '../rows';

const small = { inputShape: [16, 32, 1], filters: 2 } as const;

describe('uNet', () => {
  const two = (from: number, to: number) => 9 * from * to + to + 9 * to * to + to;
  const double = (from: number, to: number) => 4 * from * to + to;

  it('has the channels of figure 1: 64 to 1024 and back, 31,030,593 weights', () => {
    expect(weightedRowsOf(uNet.describe())).to.deep.equal([
      ['contract1', [256, 256, 64], two(1, 64)],
      ['contract2', [128, 128, 128], two(64, 128)],
      ['contract3', [64, 64, 256], two(128, 256)],
      ['contract4', [32, 32, 512], two(256, 512)],
      ['deepest', [16, 16, 1024], two(512, 1024)],
      ['double4', [32, 32, 512], double(1024, 512)],
      ['expand4', [32, 32, 512], two(1024, 512)],
      ['double3', [64, 64, 256], double(512, 256)],
      ['expand3', [64, 64, 256], two(512, 256)],
      ['double2', [128, 128, 128], double(256, 128)],
      ['expand2', [128, 128, 128], two(256, 128)],
      ['double1', [256, 256, 64], double(128, 64)],
      ['expand1', [256, 256, 64], two(128, 64)],
      ['classes', [256, 256, 1], 65],
    ]);
  });

  it('joins what is doubled with the features of the same size', () => {
    const joins = rowsOf(uNet.describe(small)).filter(([name]) => name.startsWith('join'));
    expect(joins).to.deep.equal([
      ['join4', [2, 4, 32], 0],
      ['join3', [4, 8, 16], 0],
      ['join2', [8, 16, 8], 0],
      ['join1', [16, 32, 4], 0],
    ]);
  });

  it('gives each pixel a probability, or one for each of several classes', () => {
    const x = fill([2, 16, 32, 1], (i) => (i % 7) / 7);
    const y = uNet(small).predict(x);
    expect(y.shape).to.deep.equal([2, 16, 32, 1]);
    for (const p of y.toTypedArray()) expect(p).to.be.within(0.001, 0.999);
    const model = uNet({ ...small, classes: 3, classifierActivation: 'softmax' });
    const pixels = model.predict(x);
    expect(pixels.shape).to.deep.equal([2, 16, 32, 3]);
    const sum = [0, 1, 2].reduce((total, channel) => total + pixels.at(1, 5, 9, channel), 0);
    expect(sum).to.be.closeTo(1, 1e-6);
  });

  it('learns to find what is bright', () => {
    const model = uNet({ ...small, inputShape: [16, 16, 1], seed: 1 });
    model.compile({ optimizer: adam({ learningRate: 0.01 }), loss: 'binaryCrossentropy' });
    const x = fill([4, 16, 16, 1], (i) => ((i * 7919) % 64) / 64);
    const y = fill([4, 16, 16, 1], (i) => ((i * 7919) % 64 >= 32 ? 1 : 0));
    const losses = Array.from({ length: 20 }, () => model.trainOnBatch(x, y));
    expect(losses[0]).to.be.above(0.5);
    expect(losses.at(-1)).to.be.below(0.45);
  });

  it('refuses images that cannot be halved four times, and numbers of filters that are none', () => {
    for (const inputShape of [
      [24, 16, 1],
      [16, 40, 1],
      [0, 16, 1],
      [16, 16],
      [16, 16, 1, 1],
    ]) {
      expect(() => uNet.describe({ inputShape }))
        .to.throw(ShapeError)
        .with.property(
          'message',
          'uNet: expected images [height, width, channels], height and width divisible by 16; ' +
            `received [${inputShape.join(', ')}]. They are halved 4 times.`,
        );
    }
    expect(() => uNet({ filters: 1.5 })).to.throw(
      OptionError,
      'uNet: expected filters to be a whole number of at least 1; received 1.5.',
    );
  });
});
