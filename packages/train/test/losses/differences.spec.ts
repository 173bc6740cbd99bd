import { valueAndGrad } from '@gradus/autodiff';
import { DTypeError, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { tensors, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  type SampleLoss,
} from '../../src/index';
import { checkLoss } from '../../testing/index';
import { engines } from '../engines';

const losses: readonly SampleLoss[] = [
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  logCosh,
  huber({ delta: 1.0625 }),
];

/**
 * Targets of at least 1/4 and predictions that differ from them by at least 1/8: away from the kinks of
 * the absolute value, of the logarithms' bound and, at 17/16, of huber.
 */
const samples = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain((shape) =>
    fc
      .tuple(
        views(shape, { dtype: 'float64', domain: { low: 3, high: 5 } }),
        tensors(shape, { dtype: 'float64', domain: { low: -2, high: 2, gap: 1 / 8 } }),
      )
      .map(([yTrue, difference]) => {
        const targets = yTrue.toTypedArray();
        // Steps of 1/8 never meet 17/16.
        const steps = difference
          .toTypedArray()
          .map((d) => Math.sign(d) * Math.ceil(8 * Math.abs(d)));
        return {
          yTrue,
          yPred: tensor(
            targets.map((value, i) => value + steps[i]! / 8),
            shape,
          ),
        };
      }),
  );

describe('Each loss of differences', () => {
  for (const loss of losses) {
    const { name } = loss;
    it(`is what it should be: ${name}`, () => {
      fc.assert(
        fc.property(samples, ({ yTrue, yPred }) => {
          checkLoss(loss, { name, engines, yTrue, yPred, atTargets: 'zero' });
        }),
        { numRuns: 20, interruptAfterTimeLimit: 4000 },
      );
    });

    it(`refuses shapes that differ, though they broadcast: ${name}`, () => {
      for (const f of [loss, loss.perSample]) {
        expect(() => f(zeros([4, 1]), zeros([4])))
          .to.throw(ShapeError)
          .with.property(
            'message',
            `${name}: expected predictions of the targets' shape [4, 1]; received [4]. ` +
              'Give both one shape: reshape(y, [4]).',
          );
      }
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

  it('is of every sample what it is of that sample alone, [batch]', () => {
    const yTrue = zeros([3, 2, 2]);
    const yPred = tensor([1, 1, 1, 1, 2, 0, 2, 0, 0, 0, 0, 4], [3, 2, 2]);
    expect(meanSquaredError.perSample(yTrue, yPred).toArray()).to.deep.equal([1, 2, 4]);
    expect(meanAbsoluteError.perSample(yTrue, yPred).toArray()).to.deep.equal([1, 1, 1]);
    expect(meanSquaredError.perSample(zeros([2]), tensor([1, 3])).toArray()).to.deep.equal([1, 9]);
  });

  const wrong: readonly [string, unknown, unknown, string][] = [
    [
      'no tensor',
      null,
      zeros([2]),
      'meanSquaredError: expected tensors of targets and predictions; received null.',
    ],
    [
      'a list',
      zeros([2]),
      [0, 0],
      'meanSquaredError: expected tensors of targets and predictions; received [0, 0].',
    ],
    [
      'predictions that are whole numbers',
      zeros([2], 'int32'),
      zeros([2], 'int32'),
      'meanSquaredError: expected float32 or float64 predictions; received int32.',
    ],
    [
      'labels of classes',
      zeros([4], 'int32'),
      zeros([4, 10]),
      "meanSquaredError: expected predictions of the targets' shape [4]; received [4, 10]. " +
        'For labels of classes take sparseCategoricalCrossentropy.',
    ],
    [
      'targets of another size',
      zeros([4, 3]),
      zeros([4, 10]),
      "meanSquaredError: expected predictions of the targets' shape [4, 3]; received [4, 10].",
    ],
  ];
  for (const [what, yTrue, yPred, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => meanSquaredError(yTrue as Tensor, yPred as Tensor)).to.throw(message);
    });
  }

  it('has no losses of samples without an axis of samples', () => {
    expect(() => meanSquaredError.perSample(zeros([]), zeros([])))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'meanSquaredError: expected predictions with a first axis of samples; received [].',
      );
  });
});

describe('Losses of differences', () => {
  // Differences 1, -2, 0, 3.
  const yTrue = tensor([
    [1, 2],
    [3, 4],
  ]);
  const yPred = tensor([
    [2, 0],
    [3, 7],
  ]);

  it('have the values of their formulas', () => {
    expect(meanSquaredError(yTrue, yPred).item()).to.equal(14 / 4);
    expect(meanAbsoluteError(yTrue, yPred).item()).to.equal(6 / 4);
    // 100 %, 100 %, 0 % and 75 %.
    expect(meanAbsolutePercentageError(yTrue, yPred).item()).to.equal(275 / 4);
    const logarithms = [Math.log(3 / 2), Math.log(1 / 3), 0, Math.log(8 / 5)];
    const squares = logarithms.reduce((sum, value) => sum + value ** 2, 0);
    expect(meanSquaredLogarithmicError(yTrue, yPred).item()).to.be.closeTo(squares / 4, 1e-6);
    const cosh = [1, -2, 0, 3].reduce((sum, d) => sum + Math.log(Math.cosh(d)), 0);
    expect(logCosh(yTrue, yPred).item()).to.be.closeTo(cosh / 4, 1e-6);
    // 1/2, 2 - 1/2, 0 and 3 - 1/2; with delta 2: 1/2, 2, 0 and 2 (3 - 1).
    expect(huber()(yTrue, yPred).item()).to.equal(4.5 / 4);
    expect(huber({ delta: 2 })(yTrue, yPred).item()).to.equal(6.5 / 4);
  });

  it('have slopes of 2 d / n, and of sign(d) / n, which is 0 where there is no difference', () => {
    const slopes = (loss: SampleLoss) =>
      valueAndGrad(() => loss(yTrue, yPred), [yPred]).grads[0].toArray();
    expect(slopes(meanSquaredError)).to.deep.equal([
      [0.5, -1],
      [0, 1.5],
    ]);
    expect(slopes(meanAbsoluteError)).to.deep.equal([
      [0.25, -0.25],
      [0, 0.25],
    ]);
    // At its kink, a difference of delta, both sides of huber have one slope.
    expect(slopes(huber({ delta: 2 }))).to.deep.equal([
      [0.25, -0.5],
      [0, 0.5],
    ]);
  });

  it('do not divide by targets of 0, and take no logarithm of what is below 0', () => {
    const percent = meanAbsolutePercentageError(zeros([1]), tensor([1])).item();
    expect(percent).to.be.closeTo(1e9, 1e3);
    expect(meanSquaredLogarithmicError(zeros([1]), tensor([-5])).item()).to.equal(0);
  });

  it('do not overflow where cosh does', () => {
    const far = logCosh(zeros([2]), tensor([1000, -1000])).item();
    expect(far).to.be.closeTo(1000 - Math.LN2, 1e-3);
  });

  it('are NaN where a number is', () => {
    const broken = tensor([NaN, 1]);
    for (const loss of losses) expect(loss(zeros([2]), broken).item(), loss.name).to.be.NaN;
  });
});

describe('huber', () => {
  for (const delta of [0, -1, NaN, Infinity, '1', null]) {
    it(`refuses a delta of ${String(delta)}`, () => {
      expect(() => huber({ delta: delta as number }))
        .to.throw(OptionError)
        .with.property('message')
        .that.matches(/^huber: expected delta to be a finite number above 0; received /);
    });
  }
});
