import { batchNormalization, dense, flatten, input } from '@gradus/layers';
import { adam, sgd } from '@gradus/optimizers';
import { fill, Random, tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { NonFiniteLossError, sequential, type Model } from '../../src/index';
import { engines } from '../engines';

function averagesOf(model: Model): number[][] {
  return ['movingMean', 'movingVariance'].map((name) => [
    ...model.weight(name).value.toTypedArray(),
  ]);
}

/** One layer, whose parameters hardly change unless a learning rate is given. */
function single(config: Parameters<typeof batchNormalization>[0], learningRate = 1e-9): Model {
  const model = sequential([input([1]), batchNormalization(config)]);
  model.compile({ optimizer: sgd({ learningRate }), loss: 'mse' });
  return model;
}

function column(...numbers: readonly number[]): Tensor {
  return tensor(Float32Array.from(numbers), [numbers.length, 1]);
}

describe('Batch normalisation in training', () => {
  it('moves its averages once a step, by what the batch is', () => {
    const model = single({ momentum: 0.5 });
    const x = column(1, 3); // mean 2, variance 1
    model.trainOnBatch(x, x);
    expect(averagesOf(model)).to.deep.equal([[1], [1]]);
    model.trainOnBatch(column(5, 9), x); // mean 7, variance 4
    expect(averagesOf(model)).to.deep.equal([[4], [2.5]]);
  });

  it('leaves them alone while it is frozen, and normalises by them', () => {
    const model = single({ momentum: 0.5 }, 0.1);
    model.trainOnBatch(column(1, 3), column(1, 3));
    const before = model.getWeights().map((value) => value.toArray());
    model.freeze();
    const x = column(5, 9);
    expect(model.trainOnBatch(x, x)).to.equal(model.evaluate(x, x));
    expect(model.getWeights().map((value) => value.toArray())).to.deep.equal(before);
    model.unfreeze();
    model.trainOnBatch(x, x);
    expect(averagesOf(model)).to.deep.equal([[4], [2.5]]);
  });

  it('leaves them alone in evaluation and prediction, which use them', () => {
    const model = single({ momentum: 0, epsilon: 0 });
    model.trainOnBatch(column(1, 3, 5, 7), column(0, 0, 0, 0)); // mean 4, variance 5
    const before = averagesOf(model);
    expectClose(model.predict(column(4, 9)), column(0, Math.sqrt(5)), { relative: 1e-6 });
    expect(model.evaluate(column(4, 9), column(0, 0))).to.be.closeTo(2.5, 1e-6);
    expect(averagesOf(model)).to.deep.equal(before);
  });

  it('leaves them alone when the loss is not finite', () => {
    const model = single({ momentum: 0.5 });
    model.trainOnBatch(column(1, 3), column(0, 0));
    const before = averagesOf(model);
    expect(() => model.trainOnBatch(column(1, NaN), column(0, 0))).to.throw(NonFiniteLossError);
    expect(() => model.trainOnBatch(column(1, 2), column(0, Infinity))).to.throw(
      NonFiniteLossError,
    );
    expect(averagesOf(model)).to.deep.equal(before);
  });

  it('learns gamma and beta, and trains without either', () => {
    const x = column(-3, -1, 1, 3); // normalised by 1 / sqrt(5)
    const y = column(-1, 1, 3, 5); // half as steep as x * 2, shifted by 2
    for (const [config, loss] of [
      [{}, 0],
      [{ scale: false }, 0],
      [{ center: false }, 4],
      [{ scale: false, center: false }, 4],
    ] as const) {
      const model = single({ ...config, epsilon: 0 }, 0.2);
      for (let step = 0; step < 60; step++) model.trainOnBatch(x, y);
      // Without gamma the slope stays 1 / sqrt(5), and (1 - 1 / sqrt(5))^2 5 of the loss.
      const left = loss + ('scale' in config ? 5 * (1 - 1 / Math.sqrt(5)) ** 2 : 0);
      expect(model.trainOnBatch(x, y), JSON.stringify(config)).to.be.closeTo(left, 1e-5);
    }
  });

  for (const engine of engines) {
    it(`fits, and predicts in the end as it trained: ${engine.name}`, async () => {
      const random = new Random(6);
      const x = fill([64, 3, 2], () => 50 + 7 * random.normal());
      const y = fill([64, 1], (i) => (x.data[6 * i]! - x.data[6 * i + 3]!) / 7);
      const model = sequential([
        input([3, 2]),
        batchNormalization({ momentum: 0.8 }),
        flatten(),
        dense({ units: 1 }),
      ]);
      model.compile({ optimizer: adam({ learningRate: 0.05 }), loss: 'mse', engine });
      const { history } = await model.fit(x, y, { epochs: 30, batchSize: 16 });
      expect(history['loss']!.at(-1)).to.be.below(0.05);
      expect(model.evaluate(x, y)).to.be.below(0.05);
      for (const mean of model.weight('movingMean').value.toTypedArray()) {
        expect(mean).to.be.closeTo(50, 2);
      }
      for (const variance of model.weight('movingVariance').value.toTypedArray()) {
        expect(variance).to.be.within(30, 70);
      }
    });
  }
});
