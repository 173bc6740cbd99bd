import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { grad, oneHot, recording, sparseSoftmaxCrossEntropy, sum } from '../../../src/index';

const labels = (...values: number[]): Tensor => tensor(Int32Array.from(values));

describe('oneHot', () => {
  it('puts a 1 where each label says', () => {
    const rows = oneHot(labels(2, 0), 3);
    expect(rows.dtype).to.equal('float32');
    expect(rows.toArray()).to.deep.equal([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });

  it('adds an axis to labels of any shape and whole element type', () => {
    expect(oneHot(tensor(Uint8Array.of(1), [1, 1]), 2, 'float64').toArray()).to.deep.equal([
      [[0, 1]],
    ]);
    expect(oneHot(tensor(Int32Array.of(1), []), 2).toArray()).to.deep.equal([0, 1]);
    expect(oneHot(labels(), 4).shape).to.deep.equal([0, 4]);
    const bytes = oneHot(labels(1, 0), 2, 'uint8');
    expect([bytes.dtype, bytes.toTypedArray()]).to.deep.equal(['uint8', Uint8Array.of(0, 1, 1, 0)]);
  });

  it('refuses labels that are out of range or no whole numbers', () => {
    expect(() => oneHot(labels(0, 2), 2))
      .to.throw(OptionError)
      .with.property('message', 'oneHot: expected labels from 0 to 1; received 2 at 1.');
    expect(() => oneHot(labels(-1), 2)).to.throw(OptionError);
    expect(() => oneHot(tensor(Int32Array.of(0, 1, 3, 1), [2, 2]), 3)).to.throw(
      'oneHot: expected labels from 0 to 2; received 3 at [1, 0].',
    );
    expect(() => oneHot(zeros([2]), 2))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'oneHot: expected int32 or uint8 labels; received float32. ' +
          "Convert them: cast(labels, 'int32').",
      );
  });
});

describe('oneHot', () => {
  it('refuses depths and element types that there are not', () => {
    for (const depth of [-1, 2.5, NaN, '3', null, undefined]) {
      expect(() => oneHot(labels(), depth as number)).to.throw(
        OptionError,
        'oneHot: expected depth to be a whole number of at least 0; received',
      );
    }
    expect(() => oneHot(labels(0), 1e12)).to.throw(
      'oneHot: expected a result of less than 2^31 elements; ' +
        'received options that make it [1, 1000000000000].',
    );
    expect(() => oneHot(labels(0), 2, 'bool' as 'uint8')).to.throw(
      DTypeError,
      'oneHot: expected float32 or float64 or int32 or uint8; received bool.',
    );
    // @ts-expect-error: labels are a tensor.
    expect(() => oneHot([0, 1], 2)).to.throw(
      DTypeError,
      'oneHot: expected int32 or uint8 labels; received [0, 1]. ' +
        'Make a tensor of them: tensor(Int32Array.of(...)).',
    );
  });

  it('stands on tapes, and passes no gradient on', () => {
    const at = labels(1);
    expect(String(recording([at], () => oneHot(at, 2)).tape)).to.contain('%1 = oneHot(%0)');
  });
});

describe('sparseSoftmaxCrossEntropy', () => {
  it('is -log p of each label', () => {
    const logits = tensor(Float64Array.of(0, Math.log(3), 0, 0), [2, 2]);
    const [first, second] = sparseSoftmaxCrossEntropy(logits, labels(0, 1)).toTypedArray();
    expect(first).to.be.closeTo(Math.log(4), 1e-15);
    expect(second).to.be.closeTo(Math.log(2), 1e-15);
  });

  it('has the gradient softmax - oneHot, weighted row by row', () => {
    const logits = zeros([2, 4]);
    const [dx] = grad((at: Tensor) => sum(sparseSoftmaxCrossEntropy(at, labels(1, 3))))(logits);
    expect(dx.toArray()).to.deep.equal([
      [0.25, -0.75, 0.25, 0.25],
      [0.25, 0.25, 0.25, -0.75],
    ]);
  });

  it('is finite for logits of any size, and 0 where the label is certain', () => {
    const logits = tensor([500, -500, 0], [1, 3]);
    expect(sparseSoftmaxCrossEntropy(logits, labels(1)).item()).to.equal(1000);
    expect(sparseSoftmaxCrossEntropy(logits, labels(0)).toArray()).to.deep.equal([0]);
  });

  it('refuses labels of another shape', () => {
    expect(() => sparseSoftmaxCrossEntropy(zeros([2, 3]), labels(1)))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'sparseSoftmaxCrossEntropy: expected logits [..., classes] and labels [...], ' +
          'one for each row; received logits [2, 3] and labels [1].',
      );
  });
});
