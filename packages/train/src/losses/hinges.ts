import { equal, max, mul, relu, square, sub, sum, where } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import { defineLoss, type SampleLoss } from './defineLoss';

/*
 * Losses of margins: a prediction is right if it is on the right side by 1 or more, however far. Targets
 * are -1 and 1, or 0 and 1; predictions are any numbers.
 */

const alongLast = { axis: -1 } as const;

/**
 * The mean of max(1 - y p, 0), where a target of 0 counts as -1.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 * @throws OptionError if a target is none of -1, 0 and 1.
 */
export const hinge: SampleLoss = defineLoss({
  name: 'hinge',
  checkValues: checkSides,
  each: shortOfMargin,
});

/**
 * The mean of max(1 - y p, 0)^2, where a target of 0 counts as -1.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 * @throws OptionError if a target is none of -1, 0 and 1.
 */
export const squaredHinge: SampleLoss = defineLoss({
  name: 'squaredHinge',
  checkValues: checkSides,
  each: (yTrue, yPred) => square(shortOfMargin(yTrue, yPred)),
});

/**
 * The mean over the rows of max(1 + the largest prediction of a wrong class - that of the right one, 0),
 * from one-hot targets and predictions [batch, ..., classes].
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const categoricalHinge: SampleLoss = defineLoss({
  name: 'categoricalHinge',
  each(yTrue, yPred) {
    const right = sum(mul(yTrue, yPred), alongLast);
    const wrong = max(mul(sub(1, yTrue), yPred), alongLast);
    return relu(sub(wrong, sub(right, 1)));
  },
});

function shortOfMargin(yTrue: Tensor, yPred: Tensor): Tensor {
  const side = where(equal(yTrue, 0), -1, yTrue);
  return relu(sub(1, mul(side, yPred)));
}

function checkSides(op: string, yTrue: Tensor): void {
  const values = yTrue.toTypedArray();
  const odd = values.findIndex((side) => side !== 1 && side !== -1 && side !== 0);
  if (odd < 0) return;
  throw new OptionError({
    op,
    expected: 'targets -1 and 1, or 0 and 1',
    received: `${values[odd]} at ${odd}`,
    hint: 'For one-hot rows of several classes take categoricalHinge.',
  });
}
