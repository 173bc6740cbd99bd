import { ShapeError, Tensor, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from '../../src/index';

const labels = (values: number[], shape?: number[]): Tensor =>
  tensor(Int32Array.from(values), shape);

/** Largest at 2, 0, and, of two that are equal, at the first: 1. */
const scores = tensor([0.1, 0.2, 0.7, 9, -1, 2, 0, 0.5, 0.5], [3, 3]);

describe('An accuracy', () => {
  it('compares the place of the largest score, the first of several, with the label', () => {
    expect(sparseCategoricalAccuracy(labels([2, 0, 1]), scores)).to.equal(1);
    expect(sparseCategoricalAccuracy(labels([2, 1, 2]), scores)).to.equal(1 / 3);
    expect(sparseCategoricalAccuracy(labels([0, 0, 1], [3, 1]), scores)).to.equal(2 / 3);
  });

  it('compares it with the place of the largest target', () => {
    const targets = tensor([0, 0, 1, 0, 1, 0, 0.25, 0.5, 0.25], [3, 3]);
    expect(categoricalAccuracy(targets, scores)).to.equal(2 / 3);
  });

  it('compares the side of 0.5, which itself is below, with the target', () => {
    const p = tensor([0.5, 0.51, 0.9, 0.1], [4, 1]);
    expect(binaryAccuracy(tensor([0, 1, 0, 1], [4, 1]), p)).to.equal(0.5);
    expect(binaryAccuracy(tensor([0, 1, 1, 0], [4, 1]), p)).to.equal(1);
  });

  it('reads views by their strides', () => {
    const matrix = tensor(Float32Array.of(1, 0, 0, 2), [2, 2]);
    const reversed = new Tensor(matrix.storage, { shape: [2, 2], strides: [2, -1], offset: 1 });
    expect(sparseCategoricalAccuracy(labels([1, 0]), reversed)).to.equal(1);
  });

  it('is chosen by the shapes if it is only called accuracy', () => {
    expect(accuracy(labels([2, 1, 2]), scores)).to.equal(1 / 3);
    expect(accuracy(labels([2, 1, 2], [3, 1]), scores)).to.equal(1 / 3);
    expect(accuracy(scores, scores)).to.equal(1);
    expect(accuracy(tensor([1, 1], [2, 1]), tensor([0.2, 0.8], [2, 1]))).to.equal(0.5);
    expect(accuracy(tensor([1, 1]), tensor([0.2, 0.8]))).to.equal(0.5);
  });

  it('refuses labels of another number', () => {
    expect(() => accuracy(labels([1, 2]), scores))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'sparseCategoricalAccuracy: expected labels [...] for predictions [..., classes]; ' +
          'received [2] and [3, 3].',
      );
    expect(() => categoricalAccuracy(zeros([1, 3]), scores)).to.throw(ShapeError);
    expect(() => binaryAccuracy(zeros([3]), zeros([3, 1]))).to.throw(ShapeError);
  });
});
