import { zeros, tensor, OptionError, ShapeError } from '@gradus/tensor';
import { expect } from 'chai';
import { sgd } from '@gradus/optimizers';
import { sampleWeightsOf } from '../../src/loop/sampleWeights';
import { samples, scaleModel } from '../scaleModel';

describe('How much samples count', () => {
  const labels = tensor(Int32Array.of(0, 2, 1));

  it('is not said where all count alike', () => {
    expect(sampleWeightsOf('fit', labels, {})).to.equal(undefined);
  });

  const tables = [
    ['labels', labels, [1, 4, 2]],
    ['labels in a column', tensor(Int32Array.of(2, 0), [2, 1]), [4, 1]],
    ['whole floats', tensor([1, 1]), [2, 2]],
    [
      'one-hot rows',
      tensor([
        [0, 0, 1],
        [0, 1, 0],
      ]),
      [4, 2],
    ],
  ] as const;
  for (const [what, y, expected] of tables) {
    it(`is looked up by class: ${what}`, () => {
      const weights = sampleWeightsOf('fit', y, { classWeight: { 0: 1, 1: 2, 2: 4 } });
      expect(weights!.toArray()).to.deep.equal(expected);
    });
  }

  it('is the product of the two that may be given', () => {
    const sampleWeight = tensor([1, 0.5, 3]);
    const classWeight = { 0: 1, 1: 2, 2: 4 };
    expect(sampleWeightsOf('fit', labels, { sampleWeight, classWeight })!.toArray()).to.deep.equal([
      1, 2, 6,
    ]);
  });

  it('says what does not fit', () => {
    const attempt =
      (options: Parameters<typeof sampleWeightsOf>[2], y = labels) =>
      () =>
        sampleWeightsOf('fit', y, options);
    expect(attempt({ sampleWeight: tensor([1, 2]) })).to.throw(
      ShapeError,
      'fit: expected sampleWeight [3], a number for each sample; received [2].',
    );
    expect(attempt({ sampleWeight: tensor([1, -2, 1]) })).to.throw(
      OptionError,
      'fit: expected weights of samples that are finite and at least 0; received -2 for sample 1.',
    );
    expect(attempt({ classWeight: { 0: 1, 1: 1 } })).to.throw(
      OptionError,
      'fit: expected classWeight for every class; received none for class 2.',
    );
    expect(attempt({ classWeight: { 0: 1 } }, zeros([2, 3, 3]))).to.throw(
      ShapeError,
      'expected one output with a label or a one-hot row for each sample',
    );
  });

  it('weighs the loss: the sum of weighted losses over the number of samples, as in Keras', () => {
    const model = scaleModel();
    const sampleWeight = tensor([1, 0, 3]);
    // w = 2: errors 1, 2, 3 are squared; (1 * 1 + 0 * 4 + 3 * 9) / 3.
    expect(
      model.evaluate(samples(1, 2, 3), samples(1, 2, 3), { sampleWeight, batchSize: 2 }),
    ).to.be.closeTo(28 / 3, 1e-5);
  });

  it('weighs the gradient: a sample of weight 0 teaches nothing', async () => {
    const [x, y] = [samples(1, 2), samples(1, 100)];
    const [weighted, alone] = [
      scaleModel(),
      scaleModel({ optimizer: sgd({ learningRate: 1 / 32 }) }),
    ];
    await weighted.fit(x, y, { sampleWeight: tensor([1, 0]) });
    await alone.fit(samples(1), samples(1));
    // The mean over two samples halves the step of the one that counts.
    expect(weighted.weight('kernel').value.toArray()).to.deep.equal(
      alone.weight('kernel').value.toArray(),
    );
  });

  it('needs a loss that tells samples apart', () => {
    const model = scaleModel({ loss: (yTrue, yPred) => scaleLoss(yTrue, yPred) });
    const scaleLoss = (_: unknown, yPred: ReturnType<typeof samples>) => yPred;
    expect(() =>
      model.trainOnBatch(samples(1), samples(1), { sampleWeight: tensor([1]) }),
    ).to.throw(OptionError, 'sampleWeight: expected a loss that gives a number for each sample');
  });
});
