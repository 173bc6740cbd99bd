import { add, mul, reshape, sum } from '@gradus/autodiff';
import { defineLayer } from '@gradus/layers';
import { sgd } from '@gradus/optimizers';
import { OptionError, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { Model } from '../../src/index';

interface Pair extends Readonly<Record<string, Tensor>> {
  readonly a: Tensor;
  readonly b: Tensor;
}
interface Results extends Readonly<Record<string, Tensor>> {
  readonly product: Tensor;
  readonly total: Tensor;
}

describe('A model of several inputs and outputs', () => {
  /** From a and b, two numbers each: w a b, and the sum of all. */
  const layer = defineLayer<Pair, Results>({
    kind: 'pair',
    config: {},
    outputShape: ({ a }) => ({ product: a, total: [1] }),
    build(_, scope) {
      const weight = scope.variable('weight', [], 'ones');
      return ({ a, b }) => ({
        product: mul(mul(a, b), weight.value),
        total: reshape(sum(add(a, b), { axis: 1 }), [-1, 1]),
      });
    },
  });
  const made = (): Model<Pair, Results> => new Model(layer, { a: [2], b: [2] });
  const x = {
    a: tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
    b: tensor([
      [1, 1],
      [2, 2],
      [0, 1],
    ]),
  };
  const y = {
    product: tensor([
      [0, 0],
      [6, 8],
      [0, 6],
    ]),
    total: tensor([[5], [11], [11]]),
  };

  it('predicts all outputs by name, whatever the batch', () => {
    const { product, total } = made().predict(x, { batchSize: 2 });
    expect(product.toArray()).to.deep.equal([
      [1, 2],
      [6, 8],
      [0, 6],
    ]);
    expect(total.toArray()).to.deep.equal([[5], [11], [12]]);
  });

  it('adds the losses of its outputs, times their weights, and names them in the logs', () => {
    const model = made();
    const metrics = { total: ['mae'] } as const;
    const lossWeights = { product: 2, total: 10 };
    model.compile({ optimizer: sgd(), loss: 'mse', lossWeights, metrics });
    // product: (1 + 4) / 6; total: 1 / 3.
    const logs = model.measure(x, y, { batchSize: 2 });
    expect(Object.keys(logs)).to.have.members(['loss', 'product_loss', 'total_loss', 'total_mae']);
    expect(logs['product_loss']).to.be.closeTo(5 / 6, 1e-6);
    expect(logs['total_loss']).to.be.closeTo(1 / 3, 1e-6);
    expect(logs['total_mae']).to.be.closeTo(1 / 3, 1e-6);
    expect(logs['loss']).to.be.closeTo(10 / 6 + 10 / 3, 1e-5);
  });

  it('trains on all of them, validates on the last samples, and takes a loss for each', async () => {
    const model = made();
    model.compile({
      optimizer: sgd({ learningRate: 0.01 }),
      loss: { product: 'mse', total: 'mae' },
    });
    const { history } = await model.fit(x, y, { epochs: 3, validationSplit: 0.4 });
    expect(Object.keys(history)).to.deep.equal([
      'loss',
      'product_loss',
      'total_loss',
      'val_loss',
      'val_product_loss',
      'val_total_loss',
    ]);
    // The one sample that is left to train on wants a product of 0.
    expect(model.weight('weight').value.item()).to.be.below(1);
  });

  it('says which input or output does not fit', () => {
    const model = made();
    model.compile({ optimizer: sgd(), loss: 'mse' });
    const wrong = { ...x, b: tensor([[1, 1]]) };
    expect(() => model.predict(wrong)).to.throw(
      ShapeError,
      'model.predict: expected at least one sample, [samples, 2] for input b; received [1, 2]. ' +
        'The first input has 3 samples.',
    );
    // @ts-expect-error: b is missing.
    expect(() => model.predict({ a: x.a })).to.throw(
      ShapeError,
      'model.predict: expected inputs a, b; received a.',
    );
    // @ts-expect-error: there are two inputs.
    expect(() => model.predict(x.a)).to.throw('expected inputs a, b; received a tensor [3, 2].');
    // @ts-expect-error: null is no tensor.
    expect(() => model.predict(null)).to.throw('expected inputs a, b; received null.');
    expect(() => model.evaluate(x, { ...y, total: y.product })).to.throw(
      ShapeError,
      'model.evaluate: expected targets [3, 1] for output total, one for each sample; ' +
        'received [3, 2].',
    );
    expect(() => model.compile({ optimizer: sgd(), loss: { product: 'mse' } })).to.throw(
      OptionError,
      'compile: expected loss for the outputs product, total; received product.',
    );
    expect(() =>
      model.compile({ optimizer: sgd(), loss: 'mse', metrics: { sum: ['mae'] } }),
    ).to.throw('compile: expected metrics for the outputs product, total; received sum.');
  });
});
