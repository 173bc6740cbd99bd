import {
  abs,
  add,
  cast,
  customGradient,
  flip,
  log,
  mean,
  mul,
  neg,
  square,
  stopGradient,
  sub,
  sum,
  type Backend,
} from '@gradus/autodiff';
import { scalar, ShapeError, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { meanSquaredError, type Loss } from '../../src/index';
import { checkLoss, type LossCheck } from '../../testing/index';
import { engines } from '../engines';

const check: LossCheck = {
  name: 'own',
  engines,
  yTrue: tensor([0.5, 0.25, 0.125, 0.75, 0.5, 1], [3, 2], 'float64'),
  yPred: tensor([0.25, 0.75, 0.5, 0.5, 0.875, 0.125], [3, 2], 'float64'),
  atTargets: 'zero',
};

/** A loss of the differences that refuses other shapes as it should. */
const ofDifferences =
  (f: (difference: Tensor) => Tensor): Loss =>
  (yTrue, yPred) => {
    meanSquaredError(yTrue, yPred);
    return f(sub(yPred, yTrue));
  };

/** The squared differences, right but for what `perSample` gives. */
const withPerSample = (perSample: (yTrue: Tensor, yPred: Tensor) => Tensor): Loss =>
  Object.assign((yTrue: Tensor, yPred: Tensor) => meanSquaredError(yTrue, yPred), { perSample });

const { perSample } = meanSquaredError;

/** Least, and not 0, where the predicted probabilities are the targets. */
const crossEntropy: Loss = (yTrue, yPred) => {
  meanSquaredError(yTrue, yPred);
  return neg(mean(mul(yTrue, log(yPred))));
};

/** Rows of sum 1. */
const probabilities = {
  yTrue: tensor([0.5, 0.5, 0.25, 0.75], [2, 2], 'float64'),
  yPred: tensor([0.75, 0.25, 0.5, 0.5], [2, 2], 'float64'),
};

const wrongSlope = customGradient('wrongSlope', (d: Tensor) => ({
  value: mean(square(d)),
  gradient: (dy) => [mul(mul(d, dy), 0.33)],
}));

const offInFloat32 = customGradient('offInFloat32', (d: Tensor) => ({
  value: mean(square(d)),
  gradient: (dy) => [mul(mul(d, dy), (d.dtype === 'float32' ? 2.001 : 2) / d.size)],
}));

describe('checkLoss', () => {
  it('accepts a right loss, and a constant added where its minimum may be anything', () => {
    checkLoss(meanSquaredError, check);
    const raised = ofDifferences((d) => add(mean(square(d)), 1));
    checkLoss(raised, { ...check, atTargets: 'minimum' });
    checkLoss(
      ofDifferences((d) => mean(d)),
      { ...check, atTargets: 'anything' },
    );
  });

  it('accepts predictions of another shape than the targets: classes by number', () => {
    const yTrue = tensor([0, 1, 1], [3], 'int32');
    const ofClasses: Loss = (classes, yPred) => {
      if (classes.rank !== 1 || classes.shape[0] !== yPred.shape[0]) {
        throw new ShapeError({ op: 'ofClasses', expected: 'a class each', received: 'others' });
      }
      const picked = tensor([1, 0, 0, 1, 0, 1], [3, 2], 'float64');
      return neg(mean(mul(cast(picked, yPred.dtype), yPred)));
    };
    checkLoss(ofClasses, { ...check, yTrue, atTargets: 'anything' });
  });

  const wrong: readonly [string, Loss, Partial<LossCheck>, string][] = [
    [
      'a loss for each sample instead of one',
      (yTrue, yPred) => sum(square(sub(yPred, yTrue)), { axis: -1 }),
      {},
      'own: valueAndGrad: expected ',
    ],
    [
      'a loss that is not finite',
      ofDifferences((d) => mean(log(sub(d, d)))),
      {},
      'own on reference: expected a finite float64 scalar []; received float64 [] -Infinity.',
    ],
    [
      'a wrong gradient',
      ofDifferences(wrongSlope),
      {},
      'own on reference: gradient against central differences: expected -0.29',
    ],
    [
      'a part that no gradient passes',
      ofDifferences((d) => mean(mul(d, stopGradient(d)))),
      {},
      'own on reference: gradient against central differences: expected ',
    ],
    [
      'broadcast targets',
      (yTrue, yPred) => mean(square(sub(yPred, yTrue))),
      {},
      'own on reference: expected a ShapeError for targets [1, 2] and predictions [3, 2]; ' +
        'there was none.',
    ],
    [
      'targets with an axis too many',
      (yTrue, yPred) => {
        if (yTrue.shape.at(-2) !== yPred.shape.at(-2)) meanSquaredError(yTrue, yPred);
        return mean(square(sub(yPred, yTrue)));
      },
      {},
      'own on reference: expected a ShapeError for targets [1, 3, 2] and predictions [3, 2]; ' +
        'there was none.',
    ],
    [
      'another error in place of a ShapeError',
      (yTrue, yPred) => {
        if (yTrue.size !== yPred.size) throw new Error('no');
        return meanSquaredError(yTrue, yPred);
      },
      {},
      'own on reference: expected a ShapeError for targets [1, 2]',
    ],
    [
      'a loss that is not 0 at the targets',
      ofDifferences((d) => add(mean(square(d)), 1)),
      {},
      'own on reference: expected 0 where predictions equal targets; received 1.',
    ],
    [
      'a loss that is smaller beside the targets, above them',
      ofDifferences((d) => mean(d)),
      {},
      'own on reference: expected no value below 0, that at the targets; received -0.02',
    ],
    [
      'a loss that is smaller beside the targets, below them',
      ofDifferences((d) => neg(mean(d))),
      { atTargets: 'minimum' },
      'own on reference: expected no value below ',
    ],
    [
      'a minimum elsewhere than at the targets',
      ofDifferences((d) => mean(square(sub(d, 0.125)))),
      { atTargets: 'minimum', yPred: add(check.yTrue, 0.125) },
      'own on reference: expected no value below ',
    ],
    [
      'a result in another element type',
      ofDifferences((d) => cast(mean(square(d)), 'float32')),
      {},
      'own on reference: expected a finite float64 scalar []; received float32',
    ],
    [
      'a result in float64 whatever the predictions are',
      ofDifferences((d) => mean(square(cast(d, 'float64')))),
      {},
      'own on reference: expected float32 of float32 predictions; received float64.',
    ],
    [
      'float32 that loses its digits',
      ofDifferences((d) => {
        const big = d.dtype === 'float32' ? 2 ** 24 : 0;
        return mean(sub(add(abs(d), big), big));
      }),
      {},
      'own on reference: float32 value: expected ',
    ],
    [
      'a float32 gradient that is off',
      ofDifferences(offInFloat32),
      {},
      'own on reference: float32 gradient: expected ',
    ],
    [
      'losses of samples that are not [batch]',
      withPerSample((yTrue, yPred) => square(sub(yPred, yTrue))),
      {},
      'own on reference: expected perSample to give float64 [3]; received float64 [3, 2].',
    ],
    [
      'losses of samples that have another mean',
      withPerSample((yTrue, yPred) => mul(perSample(yTrue, yPred), 2)),
      {},
      'own on reference: the mean of perSample: expected ',
    ],
    [
      'losses of samples in the wrong order',
      withPerSample((yTrue, yPred) => flip(perSample(yTrue, yPred), { axis: 0 })),
      {},
      'own on reference: sample 0 of perSample: expected ',
    ],
    [
      'losses of samples that no gradient passes',
      withPerSample((yTrue, yPred) => stopGradient(perSample(yTrue, yPred))),
      {},
      'own on reference: gradient of weighted perSample: expected ',
    ],
    [
      'losses of samples of broadcast targets',
      withPerSample((yTrue, yPred) => mean(square(sub(yPred, yTrue)), { axis: 1 })),
      {},
      'own on reference: perSample: expected a ShapeError for targets [1, 2]',
    ],
    [
      'one sample only',
      meanSquaredError,
      { yTrue: check.yPred, yPred: scalar(1) },
      'own: expected',
    ],
    [
      'float32 predictions',
      meanSquaredError,
      { yPred: cast(check.yPred, 'float32') },
      'own: expected two or more targets, float64 predictions and an engine to check with.',
    ],
    ['no engine', meanSquaredError, { engines: [] }, 'own: expected two or more targets, '],
  ];
  for (const [title, loss, changes, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => checkLoss(loss, { ...check, ...changes })).to.throw(message);
    });
  }

  it('accepts a loss whose minimum is not 0', () => {
    checkLoss(crossEntropy, { ...check, ...probabilities, atTargets: 'minimum' });
  });

  it('compares the engines, the others with the first', () => {
    const loops = engines.find(({ name }) => name === 'loops')!;
    const skewed: Backend = {
      ...loops,
      zip(kernel, a, b, out) {
        loops.zip(kernel, a, b, out);
        if (kernel === 'sub') out.data[0]! += 1e-6;
      },
    };
    expect(() =>
      checkLoss(meanSquaredError, { ...check, engines: [engines[0]!, skewed] }),
    ).to.throw('own on loops: value against the first engine: expected 0.');
  });
});
