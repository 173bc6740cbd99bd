import { dense, flatten, input } from '@gradus/layers';
import { sgd } from '@gradus/optimizers';
import { OptionError, ShapeError, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import { sequential, type Model } from '../../src/index';

describe('The weights of a model', () => {
  const twoLayers = (seed = 0): Model => {
    const model = sequential([input([3]), dense({ units: 2 }), dense({ units: 1, name: 'head' })], {
      seed,
    });
    model.compile({ optimizer: sgd(), loss: 'mse' });
    return model;
  };
  const [x, y] = [zeros([2, 3]), zeros([2, 1])];

  it('can be taken from one model and given to another', () => {
    const [one, other] = [twoLayers(1), twoLayers(2)];
    other.setWeights(one.getWeights());
    other.variables.forEach(({ value }, i) =>
      expect(value.toArray()).to.deep.equal(one.variables[i]!.value.toArray()),
    );
  });

  it('can be given by name', () => {
    const [one, other] = [twoLayers(1), twoLayers(2)];
    other.setWeights(Object.fromEntries(one.variables.map((v) => [v.name, v.snapshot()])));
    expect(other.weight('1_head/kernel').value.toArray()).to.deep.equal(
      one.weight('1_head/kernel').value.toArray(),
    );
  });

  it('are copies when they are taken: training does not change them', () => {
    const model = twoLayers();
    const before = model.getWeights();
    const numbers = before.map((value) => value.toArray());
    model.setWeights(before.map(({ shape }) => zeros(shape)));
    expect(before.map((value) => value.toArray())).to.deep.equal(numbers);
  });

  it('stay as they are, all of them, if one does not fit', () => {
    const model = twoLayers();
    const before = model.getWeights().map((value) => value.toArray());
    const wrong = [...model.getWeights().slice(0, 3), zeros([2])];
    expect(() => model.setWeights(wrong)).to.throw(
      ShapeError,
      'model.setWeights: expected model/1_head/bias to be float32 [1]; received float32 [2].',
    );
    expect(() => model.setWeights([])).to.throw(
      OptionError,
      'model.setWeights: expected 4 tensors, one for each weight; received 0.',
    );
    expect(() => model.setWeights({ 'model/0_dense/kernel': zeros([3, 2]) })).to.throw(
      OptionError,
      'received none for model/0_dense/bias.',
    );
    expect(model.getWeights().map((value) => value.toArray())).to.deep.equal(before);
  });

  it('can be frozen by layer, and let go again', () => {
    const model = twoLayers();
    const values = (): unknown[] => model.getWeights().map((value) => value.toArray());
    model.setWeights(model.getWeights().map(({ shape }) => zeros(shape)));
    const before = values();
    model.freeze('0_dense');
    model.trainOnBatch(x, zeros([2, 1]));
    expect(model.variables.map(({ trainable }) => trainable)).to.deep.equal([
      false,
      false,
      true,
      true,
    ]);
    model.freeze();
    model.trainOnBatch(x, y);
    expect(values()).to.deep.equal(before);
    model.unfreeze('1_head/bias');
    expect(
      model.variables.filter(({ trainable }) => trainable).map(({ name }) => name),
    ).to.deep.equal(['model/1_head/bias']);
    model.unfreeze();
    expect(model.variables.every(({ trainable }) => trainable)).to.equal(true);
    expect(() => model.freeze('dens')).to.throw(
      OptionError,
      'model.freeze: expected part of the name of a weight: model/0_dense/kernel, ' +
        "model/0_dense/bias, model/1_head/kernel, model/1_head/bias; received 'dens'.",
    );
  });

  it('that there are none of can be taken, given and trained', () => {
    const model = sequential([input([2]), flatten()]);
    model.compile({ optimizer: sgd(), loss: 'mse' });
    model.setWeights(model.getWeights());
    expect(model.trainOnBatch(zeros([1, 2]), zeros([1, 2]))).to.equal(0);
  });
});
