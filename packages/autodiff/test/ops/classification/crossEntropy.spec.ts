import { ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  grad,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  sparseSoftmaxCrossEntropy,
  sum,
} from '../../../src/index';

const logits: Tensor = tensor(Float64Array.of(1, -2, 0.5, 3, 0, -1), [2, 3]);
const targets: Tensor = tensor(Float64Array.of(0.25, 0.5, 0, 1, 2, -1), [2, 3]);

describe('softmaxCrossEntropy', () => {
  it('is -sum(t log p), and so are its gradients', () => {
    const plain = (z: Tensor, t: Tensor): Tensor => neg(sum(mul(t, logSoftmax(z)), { axis: -1 }));
    expectClose(softmaxCrossEntropy(logits, targets), plain(logits, targets), { relative: 1e-14 });
    const weights = tensor(Float64Array.of(3, -2), [2]);
    const expected = grad((z: Tensor, t: Tensor) => sum(mul(plain(z, t), weights)))(
      logits,
      targets,
    );
    const found = grad((z: Tensor, t: Tensor) => sum(mul(softmaxCrossEntropy(z, t), weights)))(
      logits,
      targets,
    );
    expected.forEach((dx, i) => expectClose(found[i]!, dx, { relative: 1e-14 }));
  });

  it('gives the mean of rows, and its gradients, in one operation', () => {
    const all = (z: Tensor, t: Tensor): Tensor => mean(softmaxCrossEntropy(z, t));
    const once = (z: Tensor, t: Tensor): Tensor => softmaxCrossEntropy(z, t, { reduction: 'mean' });
    expectClose(once(logits, targets), all(logits, targets), { relative: 1e-14 });
    const expected = grad(all)(logits, targets);
    grad(once)(logits, targets).forEach((dx, i) =>
      expectClose(dx, expected[i]!, { relative: 1e-14 }),
    );
  });

  it('knows no other reduction', () => {
    // @ts-expect-error: there is no such reduction.
    expect(() => softmaxCrossEntropy(logits, targets, { reduction: 'sum' })).to.throw(
      "softmaxCrossEntropy: expected reduction 'none' or 'mean'; received sum",
    );
  });

  it('is 0 for rows of no classes, and has no mean over no rows', () => {
    const none = zeros([2, 0]);
    expect(softmaxCrossEntropy(none, none).toArray()).to.deep.equal([0, 0]);
    const noRows = zeros([0, 3]);
    expect(softmaxCrossEntropy(noRows, noRows).shape).to.deep.equal([0]);
    expect(softmaxCrossEntropy(noRows, noRows, { reduction: 'mean' }).item()).to.be.NaN;
  });

  it('is that of labels, where targets are one-hot', () => {
    const labels = tensor(Int32Array.of(2, 0));
    expectClose(
      softmaxCrossEntropy(logits, oneHot(labels, 3, 'float64')),
      sparseSoftmaxCrossEntropy(logits, labels),
      { relative: 1e-15 },
    );
  });

  it('is exact for logits that are far apart', () => {
    const far = tensor([1000, 0], [1, 2]);
    expect(softmaxCrossEntropy(far, tensor([0, 1], [1, 2])).item()).to.equal(1000);
  });

  it('refuses targets that do not fit', () => {
    expect(() => softmaxCrossEntropy(zeros([2, 3]), zeros([2, 4])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'softmaxCrossEntropy: expected logits and targets [..., classes]; ' +
          'received [2, 3] and [2, 4].',
      );
    expect(() => softmaxCrossEntropy(zeros([]), zeros([]))).to.throw(ShapeError);
    expect(() => softmaxCrossEntropyGradient(zeros([2]), zeros([2, 3]), zeros([3])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'softmaxCrossEntropyGradient: expected logits and targets [..., classes]; ' +
          'received [2, 3] and [3].',
      );
    expect(() => softmaxCrossEntropyGradient(zeros([3]), zeros([2, 3]), zeros([2, 3])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'softmaxCrossEntropyGradient: expected dy [2], shaped like the result; received [3].',
      );
  });
});
