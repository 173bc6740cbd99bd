import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { confusionMatrix, meanIoU, startMetric } from '../../src/index';

const labels = (values: number[], shape?: number[]): Tensor =>
  tensor(Int32Array.from(values), shape);

describe('confusionMatrix', () => {
  const expected = [
    [1, 1, 0],
    [0, 0, 0],
    [1, 0, 2],
  ];
  const yTrue = labels([0, 0, 2, 2, 2]);
  const predicted = labels([0, 1, 0, 2, 2]);
  const scores = tensor([3, 1, 0, 0, 2, 1, 5, 4, 0, 0, 0, 1, -2, -3, -1], [5, 3]);

  it('has true classes down and predicted ones across, int32', () => {
    const matrix = confusionMatrix(yTrue, predicted);
    expect(matrix.toArray()).to.deep.equal(expected);
    expect(matrix.dtype).to.equal('int32');
  });

  it('takes scores, one-hot targets and labels of any shape', () => {
    expect(confusionMatrix(yTrue, scores).toArray()).to.deep.equal(expected);
    expect(confusionMatrix(labels([0, 0, 2, 2, 2], [5, 1]), scores).toArray()).to.deep.equal(
      expected,
    );
    const oneHot = tensor([1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1], [5, 3]);
    expect(confusionMatrix(oneHot, scores).toArray()).to.deep.equal(expected);
    const bytes = tensor(Uint8Array.from(oneHot.toTypedArray()), [5, 3]);
    expect(confusionMatrix(bytes, scores).toArray()).to.deep.equal(expected);
    const map = labels([0, 1, 1, 0], [1, 2, 2]);
    expect(confusionMatrix(map, map).toArray()).to.deep.equal([
      [2, 0],
      [0, 2],
    ]);
  });

  it('takes single probabilities, above 0.5 for class 1', () => {
    const p = tensor([0.5, 0.75, 0.25, 1], [4, 1]);
    expect(confusionMatrix(labels([0, 0, 1, 1]), p).toArray()).to.deep.equal([
      [1, 1],
      [1, 1],
    ]);
    expect(confusionMatrix(tensor([0, 0, 1, 1], [4, 1]), p).toArray()).to.deep.equal([
      [1, 1],
      [1, 1],
    ]);
  });

  it('has as many classes as it is told, as predictions have, or as labels name', () => {
    expect(confusionMatrix(yTrue, predicted, { classes: 5 }).shape).to.deep.equal([5, 5]);
    expect(confusionMatrix(labels([0]), zeros([1, 4])).shape).to.deep.equal([4, 4]);
    expect(confusionMatrix(labels([0]), labels([3])).shape).to.deep.equal([4, 4]);
    expect(confusionMatrix(labels([0]), tensor([[0.25]])).shape).to.deep.equal([2, 2]);
  });

  const wrong: readonly [() => unknown, new (...args: never[]) => Error, string][] = [
    [
      () => confusionMatrix(yTrue, labels([1, 2])),
      ShapeError,
      'a target for each prediction; received [5] and [2].',
    ],
    [
      () => confusionMatrix(tensor([0, 1]), labels([1, 2])),
      DTypeError,
      'int32 or uint8 labels, or scores [..., classes]; received float32 [2]. ' +
        "Convert whole numbers: cast(y, 'int32').",
    ],
    [
      () => confusionMatrix(yTrue, predicted, { classes: 2 }),
      OptionError,
      'labels from 0 to 1; received 2 at 2.',
    ],
    [
      () => confusionMatrix(labels([-1]), labels([0])),
      OptionError,
      'labels from 0 to 0; received -1 at 0.',
    ],
    [
      () => confusionMatrix(yTrue, predicted, { classes: 0 }),
      OptionError,
      'classes to be a whole number of at least 1; received 0.',
    ],
    [
      () => confusionMatrix(yTrue, undefined as never),
      DTypeError,
      'tensors of targets and predictions; received undefined.',
    ],
  ];
  for (const [use, type, text] of wrong) {
    it(`says what is wrong: ${text}`, () => {
      expect(use).to.throw(type).with.property('message', `confusionMatrix: expected ${text}`);
    });
  }
});

describe('meanIoU', () => {
  it('is the mean overlap of the classes that occur, over all batches', () => {
    const measurement = startMetric(meanIoU({ classes: 4 }));
    expect(measurement.value).to.equal(0);
    measurement.add(labels([0, 0]), labels([0, 1]));
    measurement.add(labels([1, 2]), labels([1, 2]));
    // Class 0: 1 of 2; class 1: 1 of 2; class 2: 1 of 1; class 3 does not occur.
    expect(measurement.value).to.be.closeTo(2 / 3, 1e-12);
  });

  it('needs a number of classes', () => {
    expect(() => meanIoU({ classes: 0 })).to.throw(
      OptionError,
      'meanIoU: expected classes to be a whole number of at least 1; received 0.',
    );
  });
});
