import { log } from '@gradus/autodiff';
import { conv2d, initializers, input, lambda, sequence, type Layer } from '@gradus/layers';
import { sgd } from '@gradus/optimizers';
import { tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { Model, NonFiniteLossError, sequential } from '../../src/index';
import { allFinite } from '../../src/model/nonFiniteLossError';
import { errorOf } from '../errorOf';
import { samples, scaleModel } from '../scaleModel';

const advice = 'Try a smaller learning rate, and check that the data holds no NaN.';

const negative = (): Layer =>
  conv2d({
    filters: 1,
    kernelSize: 1,
    useBias: false,
    kernelInitializer: initializers.constant(-1),
  });
const logarithm = lambda((x) => log(x), { name: 'logarithm', outputShape: (shape) => shape });
const identity = lambda((x) => x, { outputShape: (shape) => shape });

function compiled(model: Model): Model {
  model.compile({ optimizer: sgd(), loss: 'mse' });
  return model;
}

function failureOf(model: Model, x: Tensor, y: Tensor): NonFiniteLossError {
  try {
    model.trainOnBatch(x, y);
  } catch (error) {
    expect(error).to.be.instanceOf(NonFiniteLossError);
    return error as NonFiniteLossError;
  }
  return expect.fail('there was no error');
}

describe('A loss that is not finite', () => {
  it('ends the training with its step and a hint, weights as they were', () => {
    const model = scaleModel({ weight: 1, optimizer: sgd({ learningRate: 1e30 }) });
    model.trainOnBatch(samples(1), samples(0));
    const weight = model.weight('kernel').value.item();
    expect(weight).to.be.below(-1e30);
    const error = failureOf(model, samples(1), samples(0));
    expect(error.name).to.equal('NonFiniteLossError');
    expect(error.message).to.equal(
      'Step 1: the loss is Infinity. The first values that are not finite come from the loss. ' +
        advice,
    );
    expect([error.step, error.loss, error.origin]).to.deep.equal([1, Infinity, 'the loss']);
    expect(model.weight('kernel').value.item()).to.equal(weight);
  });

  it('names the first layer that gave such a value', () => {
    const model = compiled(sequential([input([1, 1, 1]), negative(), logarithm, identity]));
    expect(failureOf(model, samples(1), samples(0)).message).to.equal(
      'Step 0: the loss is NaN. The first values that are not finite come from ' +
        `model/1_logarithm. ${advice}`,
    );
  });

  const origins: readonly [string, Model, Tensor, Tensor, string][] = [
    ['samples', scaleModel(), samples(1, NaN), samples(0, NaN), 'the samples'],
    ['targets', scaleModel(), samples(1, 2), samples(0, Infinity), 'the targets'],
    [
      'a layer whose weights broke',
      compiled(sequential([input([1, 1, 1]), identity, broken(), identity])),
      samples(1),
      samples(0),
      'model/1_conv2d',
    ],
    [
      'layers inside a layer, by the outermost',
      compiled(sequential([input([1]), sequence([identity, logarithm], { name: 'block' })])),
      tensor([[-1]]),
      tensor([[0]]),
      'model/0_block',
    ],
    [
      'a model that is one layer',
      compiled(new Model(logarithm, [1], { name: 'net' })),
      tensor([[-1]]),
      tensor([[0]]),
      'net',
    ],
  ];
  for (const [title, model, x, y, origin] of origins) {
    it(`names where it began: ${title}`, () => {
      expect(failureOf(model, x, y).origin).to.equal(origin);
    });
  }

  it('leaves a model that can be trained on', () => {
    const model = scaleModel({ weight: 2 });
    failureOf(model, samples(NaN), samples(0));
    expect(model.trainOnBatch(samples(1, 3), samples(1, 1))).to.equal(13);
    expect(model.weight('kernel').value.item()).to.equal(1);
  });

  it('rejects what fit returns', async () => {
    const error = await errorOf(() => scaleModel().fit(samples(NaN), samples(0)));
    expect(error).to.be.instanceOf(NonFiniteLossError);
  });
});

describe('allFinite', () => {
  it('looks at every tensor of a value', () => {
    const bad = tensor([1, -Infinity]);
    expect(allFinite(zeros([2]))).to.be.true;
    expect(allFinite(bad)).to.be.false;
    expect(allFinite([zeros([2]), zeros([])])).to.be.true;
    expect(allFinite([zeros([2]), bad])).to.be.false;
    expect(allFinite({ left: bad, right: zeros([2]) })).to.be.false;
    expect(allFinite(tensor([1, 2], undefined, 'int32'))).to.be.true;
  });
});

function broken(): Layer {
  return conv2d({ filters: 1, kernelSize: 1, kernelInitializer: initializers.constant(NaN) });
}
