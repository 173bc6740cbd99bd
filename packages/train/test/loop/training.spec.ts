import { conv2d as convolve, type Backend } from '@gradus/autodiff';
import { conv2d, input } from '@gradus/layers';
import { adam, sgd } from '@gradus/optimizers';
import { fill, Random, tensor, type FloatDType, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { sequential, type Model, type ModelOptions } from '../../src/index';
import { engines } from '../engines';

/** [3, 3, 1, 1], neither symmetric nor of sum 0, so that no mix-up of axes hides. */
const targetFilter = (dtype: FloatDType): Tensor =>
  tensor([1, -2, 0.5, 0.25, 3, -1, 0, 0.75, -0.5], [3, 3, 1, 1], dtype);

/** White noise, in which all frequencies are equally strong: gradient descent is quick. */
const noise = (dtype: FloatDType): Tensor => {
  const random = new Random(3).split('noise');
  return fill([8, 9, 7, 1], () => random.normal(), dtype);
};

function filterModel(options: ModelOptions = {}): Model {
  const layer = conv2d({ filters: 1, kernelSize: 3, padding: 'same', useBias: false });
  return sequential([input([9, 7, 1]), layer], options);
}

describe('A convolution that is shown what a filter does', () => {
  const accuracies = { float32: 1e-5, float64: 1e-12 } as const;
  for (const engine of engines) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`learns that filter: ${engine.name}, ${dtype}`, async () => {
        const x = noise(dtype);
        const filter = targetFilter(dtype);
        const y = convolve(x, filter, { padding: 'same' });
        const model = filterModel({ dtype });
        model.compile({ optimizer: sgd({ learningRate: 0.4 }), loss: 'mse', engine });
        const { history } = await model.fit(x, y, { batchSize: 4, epochs: 60 });
        const learned = model.weight('kernel').value;
        expect(learned.dtype).to.equal(dtype);
        expectClose(learned, filter, { relative: accuracies[dtype] });
        expectClose(model.predict(x), y, { relative: accuracies[dtype] });
        expect(history['loss']!.at(-1)).to.be.below(accuracies[dtype] ** 2);
      });
    }
  }
});

describe('Training', () => {
  /** The bits of the kernel, and the losses, after two epochs. */
  async function outcome(engine: Backend, seeds: { model?: number; fit?: number } = {}) {
    const x = noise('float32');
    const y = convolve(x, targetFilter('float32'), { padding: 'same' });
    const model = filterModel(seeds.model === undefined ? {} : { seed: seeds.model });
    model.compile({ optimizer: adam(), loss: 'mae', engine });
    const shuffled = seeds.fit === undefined ? {} : { seed: seeds.fit };
    const options = { batchSize: 3, epochs: 2, validationSplit: 0.25, ...shuffled };
    const { history } = await model.fit(x, y, options);
    return { kernel: model.weight('kernel').value.toArray(), history };
  }

  for (const engine of engines) {
    it(`gives the same bits for the same seeds, and others for others: ${engine.name}`, async () => {
      const first = await outcome(engine);
      expect(await outcome(engine)).to.deep.equal(first);
      expect(await outcome(engine, { model: 0, fit: 0 })).to.deep.equal(first);
      expect((await outcome(engine, { model: 1 })).kernel).not.to.deep.equal(first.kernel);
      expect((await outcome(engine, { fit: 1 })).kernel).not.to.deep.equal(first.kernel);
    });
  }

  it('taken up again is as if it had not been interrupted', async () => {
    const x = noise('float32');
    const y = convolve(x, targetFilter('float32'), { padding: 'same' });
    const compiled = (): Model => {
      const model = filterModel();
      model.compile({ optimizer: adam(), loss: 'mse' });
      return model;
    };
    const [whole, parts] = [compiled(), compiled()];
    await whole.fit(x, y, { batchSize: 3, epochs: 4 });
    await parts.fit(x, y, { batchSize: 3, epochs: 2 });
    await parts.fit(x, y, { batchSize: 3, epochs: 4, initialEpoch: 2 });
    expect(parts.weight('kernel').value.toArray()).to.deep.equal(
      whole.weight('kernel').value.toArray(),
    );
  });
});
