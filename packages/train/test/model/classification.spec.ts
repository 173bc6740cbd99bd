import { dense, initializers, input } from '@gradus/layers';
import { adam, sgd } from '@gradus/optimizers';
import { fill, Random, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { sequential, sparseCategoricalCrossentropy, type Model } from '../../src/index';
import { recordedCalls } from '../../testing/index';
import { engines } from '../engines';

/** Points around three centres, and which centre each belongs to. */
function points(count: number): { x: Tensor; y: Tensor } {
  const random = new Random(5).split('points');
  const centres = [
    [2, 0],
    [-1, 2],
    [-1, -2],
  ];
  const y = tensor(Int32Array.from({ length: count }, (_, i) => i % 3));
  const x = fill([count, 2], (i) => centres[(i >> 1) % 3]![i % 2]! + 0.5 * random.normal());
  return { x, y };
}

const loss = sparseCategoricalCrossentropy({ fromLogits: true });

/** Logits are the inputs themselves. */
function identityModel(): Model {
  const kernelInitializer = initializers.orthogonal();
  const model = sequential([input([2]), dense({ units: 2, kernelInitializer, useBias: false })]);
  model.weight('kernel').assign(tensor([1, 0, 0, 1], [2, 2]));
  model.compile({ optimizer: sgd({ learningRate: 0.5 }), loss, metrics: ['accuracy'] });
  return model;
}

describe('A classifier', () => {
  for (const engine of engines) {
    it(`learns to tell three clouds apart from their labels: ${engine.name}`, async () => {
      const { x, y } = points(90);
      const model = sequential([
        input([2]),
        dense({ units: 8, activation: 'relu' }),
        dense({ units: 3 }),
      ]);
      model.compile({
        optimizer: adam({ learningRate: 0.05 }),
        loss,
        metrics: ['accuracy'],
        engine,
      });
      const { history } = await model.fit(x, y, { epochs: 8, validationSplit: 1 / 3 });
      expect(Object.keys(history)).to.deep.equal(['loss', 'accuracy', 'val_loss', 'val_accuracy']);
      expect(history['loss']!.at(-1)).to.be.below(history['loss']![0]!);
      expect(history['accuracy']!.at(-1)).to.be.above(0.95);
      expect(history['val_accuracy']!.at(-1)).to.be.above(0.95);
    });
  }

  it('tells loss and metrics as they are before the step, means over the samples so far', async () => {
    const model = identityModel();
    const recorder = recordedCalls();
    // Logits 3 apart: the loss is log(1 + e^-3) where the label is right, 3 more where it is not.
    const x = tensor([3, 0, 3, 0, 0, 3], [3, 2]);
    const y = tensor(Int32Array.of(0, 1, 1));
    const right = Math.log1p(Math.exp(-3));
    expect(model.trainStep(x, y)['accuracy']).to.equal(2 / 3);
    model.weight('kernel').assign(tensor([1, 0, 0, 1], [2, 2]));
    const options = { batchSize: 2, shuffle: false, callbacks: [recorder] };
    const { history } = await model.fit(x, y, options);
    const batches = recorder.calls.filter(({ name }) => name === 'onBatchEnd');
    expect(batches[0]!.logs!['accuracy']).to.equal(0.5);
    expect(batches[0]!.logs!['loss']).to.be.closeTo(right + 1.5, 1e-6);
    expect(batches[1]!.logs!['accuracy']).to.equal(2 / 3);
    expect(history['accuracy']).to.deep.equal([2 / 3]);
  });

  it('is evaluated to its loss, or with returnDict to all that was asked for', () => {
    const model = identityModel();
    const x = tensor([3, 0, 3, 0, 0, 3], [3, 2]);
    const y = tensor(Int32Array.of(0, 1, 1));
    const expected = Math.log1p(Math.exp(-3)) + 1;
    expect(model.evaluate(x, y)).to.be.closeTo(expected, 1e-6);
    const logs = model.evaluate(x, y, { returnDict: true, batchSize: 2 });
    expect(Object.keys(logs)).to.deep.equal(['loss', 'accuracy']);
    expect(logs['loss']).to.be.closeTo(expected, 1e-6);
    expect(logs['accuracy']).to.equal(2 / 3);
    expect(model.measure(x, y)['accuracy']).to.equal(2 / 3);
  });

  it('takes labels as [samples] and [samples, 1], and nothing else', () => {
    const model = identityModel();
    const x = zeros([3, 2]);
    const column = tensor(Int32Array.of(0, 1, 1), [3, 1]);
    expect(model.evaluate(x, column)).to.be.closeTo(Math.log(2), 1e-6);
    expect(() => model.evaluate(x, zeros([3, 2])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model.evaluate: expected targets [3] or [3, 1], one for each sample; received [3, 2]. For one-hot targets take categoricalCrossentropy.',
      );
  });
});
