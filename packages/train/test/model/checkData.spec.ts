import { conv2d, defineLayer, input } from '@gradus/layers';
import { sgd } from '@gradus/optimizers';
import { ShapeError, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { Model, sequential } from '../../src/index';
import { errorOf } from '../errorOf';

describe('Data that does not fit a model', () => {
  const model = sequential([input([4, 3, 1]), conv2d({ filters: 2, kernelSize: 3 })]);
  model.compile({ optimizer: sgd(), loss: 'mse' });
  const good = { x: zeros([2, 4, 3, 1]), y: zeros([2, 2, 1, 2]) };

  const uses: readonly [string, (x: Tensor, y: Tensor) => unknown][] = [
    ['evaluate', (x, y) => model.evaluate(x, y)],
    ['trainOnBatch', (x, y) => model.trainOnBatch(x, y)],
    ['fit', (x, y) => model.fit(x, y)],
    [
      'fit validationData',
      (x, y) => model.fit(good.x, good.y, { validationData: [x, y], callbacks: [untouched] }),
    ],
  ];
  const untouched = { onTrainBegin: () => expect.fail('training began') };

  const wrongInputs = [[2, 3, 4, 1], [2, 4, 3], [0, 4, 3, 1], [], [4, 3, 1]];
  for (const [name, use] of [...uses, ['predict', (x: Tensor) => model.predict(x)] as const]) {
    it(`is refused with its shape: samples for ${name}`, async () => {
      for (const shape of wrongInputs) {
        const error = await errorOf(() => use(zeros(shape), good.y));
        expect(error).to.be.instanceOf(ShapeError);
        expect(error.message).to.equal(
          `model.${name}: expected at least one sample, [samples, 4, 3, 1]; ` +
            `received [${shape.join(', ')}].`,
        );
      }
    });
  }

  for (const [name, use] of uses) {
    it(`is refused with its shape: targets for ${name}`, async () => {
      const labels = ' For labels of classes take sparseCategoricalCrossentropy.';
      const turned = ' Give both one shape: reshape(y, [2, 2, 1, 2]).';
      const wrong = [
        [[2, 2, 1], labels],
        [[1, 2, 1, 2], ''],
        [[2, 1, 2, 2], turned],
        [[], ''],
      ] as const;
      for (const [shape, hint] of wrong) {
        const error = await errorOf(() => use(good.x, zeros(shape)));
        expect(error).to.be.instanceOf(ShapeError);
        expect(error.message).to.equal(
          `model.${name}: expected targets [2, 2, 1, 2], one for each sample; ` +
            `received [${shape.join(', ')}].${hint}`,
        );
      }
    });
  }

  it('is refused by a model of single numbers too', () => {
    expect(() => sequential([input([])]).predict(zeros([])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model.predict: expected at least one sample, [samples]; received [].',
      );
  });
});

describe('A result', () => {
  it('other than its layers announced is refused, as it would be filed wrongly', () => {
    const liar = defineLayer<Tensor>({
      kind: 'liar',
      config: {},
      outputShape: () => [1],
      build: () => (x) => x,
    });
    const model = new Model(liar, [2]);
    expect(() => model.predict(zeros([3, 2])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model: expected its layers to give [3, 1], as their outputShape says; received [3, 2].',
      );
  });
});
