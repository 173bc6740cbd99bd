import { valueAndGrad } from '@gradus/autodiff';
import { DTypeError, ShapeError, tensor, zeros } from '@gradus/tensor';
import { tensors, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { meanAbsoluteError, meanSquaredError } from '../src/index';
import { checkLoss } from '../testing/index';
import { engines } from './engines';

const losses = { meanSquaredError, meanAbsoluteError };

/** Targets and predictions whose differences are at least 1/8: away from the absolute value's kink. */
const samples = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain((shape) =>
    fc
      .tuple(
        views(shape, { dtype: 'float64' }),
        tensors(shape, { dtype: 'float64', domain: { gap: 1 / 8 } }),
      )
      .map(([yTrue, difference]) => {
        const sum = yTrue.toTypedArray().map((value, i) => value + difference.data[i]!);
        return { yTrue, yPred: tensor(sum, shape) };
      }),
  );

describe('Each loss', () => {
  for (const [name, loss] of Object.entries(losses)) {
    it(`is what it should be: ${name}`, () => {
      fc.assert(
        fc.property(samples, ({ yTrue, yPred }) => {
          checkLoss(loss, { name, engines, yTrue, yPred, atTargets: 'zero' });
        }),
        { numRuns: 30, interruptAfterTimeLimit: 5000 },
      );
    });

    it(`refuses shapes that differ, though they broadcast: ${name}`, () => {
      expect(() => loss(zeros([4, 1]), zeros([4])))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${name}: expected predictions of the targets' shape [4, 1]; received [4].`,
        );
    });

    it(`refuses element types that differ, naming the predictions' one: ${name}`, () => {
      expect(() => loss(zeros([2], 'uint8'), zeros([2])))
        .to.throw(DTypeError)
        .with.property(
          'message',
          `${name}: expected float32 targets, as the predictions are; received uint8. ` +
            "Convert them: cast(y, 'float32').",
        );
    });
  }
});

describe('meanSquaredError and meanAbsoluteError', () => {
  // Differences 1, -2, 0, 3.
  const yTrue = tensor([
    [1, 2],
    [3, 4],
  ]);
  const yPred = tensor([
    [2, 0],
    [3, 7],
  ]);

  it('are the means of squares and of magnitudes', () => {
    expect(meanSquaredError(yTrue, yPred).item()).to.equal(14 / 4);
    expect(meanAbsoluteError(yTrue, yPred).item()).to.equal(6 / 4);
  });

  it('have slopes of 2 d / n, and of sign(d) / n, which is 0 where there is no difference', () => {
    const slopes = (loss: typeof meanSquaredError) =>
      valueAndGrad(() => loss(yTrue, yPred), [yPred]).grads[0].toArray();
    expect(slopes(meanSquaredError)).to.deep.equal([
      [0.5, -1],
      [0, 1.5],
    ]);
    expect(slopes(meanAbsoluteError)).to.deep.equal([
      [0.25, -0.25],
      [0, 0.25],
    ]);
  });

  it('are NaN where a number is', () => {
    const broken = tensor([NaN, 1]);
    expect(meanSquaredError(zeros([2]), broken).item()).to.be.NaN;
    expect(meanAbsoluteError(zeros([2]), broken).item()).to.be.NaN;
  });
});
