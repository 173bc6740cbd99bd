import { adam } from '@gradus/optimizers';
import { full, OptionError, ShapeError, sizeOf, tensor, zeros } from '@gradus/tensor';
import { sparseCategoricalCrossentropy } from '@gradus/train';
import { expect } from 'chai';
import { lenet5 } from '../../src/index';

const count = (model: ReturnType<typeof lenet5>) =>
  model.variables.reduce((total, { value }) => total + sizeOf(value.shape), 0);

describe('lenet5', () => {
  it('has the layers of LeNet-5, and 61,706 weights', () => {
    const model = lenet5();
    // By hand: 25 x 6 + 6, 150 x 16 + 16, 400 x 120 + 120, 120 x 84 + 84, 84 x 10 + 10.
    expect(156 + 2416 + 48120 + 10164 + 850).to.equal(61706);
    expect(count(model)).to.equal(61706);
    const shapes = model.variables.map(({ name, value }) => [name, value.shape]);
    expect(shapes).to.deep.equal([
      ['lenet5/0_conv2d/kernel', [5, 5, 1, 6]],
      ['lenet5/0_conv2d/bias', [6]],
      ['lenet5/2_conv2d/kernel', [5, 5, 6, 16]],
      ['lenet5/2_conv2d/bias', [16]],
      ['lenet5/5_dense/kernel', [400, 120]],
      ['lenet5/5_dense/bias', [120]],
      ['lenet5/6_dense/kernel', [120, 84]],
      ['lenet5/6_dense/bias', [84]],
      ['lenet5/7_dense/kernel', [84, 10]],
      ['lenet5/7_dense/bias', [10]],
    ]);
  });

  it('gives a probability for each class', () => {
    const y = lenet5().predict(full([2, 28, 28, 1], 0.5));
    expect(y.shape).to.deep.equal([2, 10]);
    for (const row of y.toArray() as number[][]) {
      expect(Math.min(...row)).to.be.above(0);
      expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-6);
    }
  });

  it('gives logits on demand: softmax makes of them what the default gives', () => {
    const x = full([1, 28, 28, 1], 0.5);
    const logits = [...lenet5({ classifierActivation: 'linear' }).predict(x).toTypedArray()];
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const probabilities = [...lenet5().predict(x).toTypedArray()];
    expect(Math.min(...logits)).to.be.below(0);
    probabilities.forEach((p, i) => expect(p).to.be.closeTo(Math.exp(logits[i]!) / total, 1e-6));
  });

  it('takes other images, classes, name, seed and element type', () => {
    const options = { inputShape: [32, 20, 3], classes: 4, name: 'net', seed: 3 } as const;
    const model = lenet5({ ...options, dtype: 'float64' });
    expect(model.inputShape).to.deep.equal([32, 20, 3]);
    expect(model.outputShape).to.deep.equal([4]);
    expect(model.weight('net/5_dense/kernel').value.shape).to.deep.equal([6 * 3 * 16, 120]);
    expect(model.dtype).to.equal('float64');
    const kernel = (seed: number) => lenet5({ seed }).weight('2_conv2d/kernel').value.toArray();
    expect(kernel(3)).to.deep.equal(kernel(3));
    expect(kernel(3)).not.to.deep.equal(kernel(4));
  });

  it('rectifies: bias below zero leaves nothing of black images but the last bias', () => {
    const model = lenet5({ classifierActivation: 'linear' });
    for (const { name, value } of model.variables) {
      const bias = name.endsWith('bias') ? full(value.shape, -1) : value;
      model.weight(name).assign(bias);
    }
    const y = model.predict(zeros([1, 28, 28, 1]));
    expect([...y.toTypedArray()]).to.deep.equal(new Array(10).fill(-1));
  });

  it('learns by heart to tell two images apart', () => {
    const model = lenet5({ classes: 2, classifierActivation: 'linear' });
    model.compile({
      optimizer: adam({ learningRate: 0.005 }),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    });
    const pixels = Float32Array.from({ length: 2 * 28 * 28 }, (_, i) =>
      (i < 28 * 28 ? i : Math.floor(i / 28)) % 4 < 2 ? 1 : 0,
    );
    const [x, y] = [tensor(pixels, [2, 28, 28, 1]), tensor(Int32Array.of(0, 1))];
    const losses = Array.from({ length: 12 }, () => model.trainOnBatch(x, y));
    expect(losses[0]).to.be.above(0.3);
    expect(losses.at(-1)).to.be.below(0.05);
  });

  it('refuses images that are too small, and a number of classes that is none', () => {
    expect(() => lenet5({ inputShape: [9, 28, 1] })).to.throw(ShapeError, /^lenet5\/2_conv2d: /);
    expect(() => lenet5({ inputShape: [28, 28] })).to.throw(ShapeError, /^lenet5\/0_conv2d: /);
    expect(() => lenet5({ classes: 0 })).to.throw(OptionError);
    expect(lenet5({ inputShape: [12, 12, 1] }).outputShape).to.deep.equal([10]);
  });
});
