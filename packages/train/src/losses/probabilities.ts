import { add, clip, div, log, mul, sum } from '@gradus/autodiff';
import { OptionError, type Tensor } from '@gradus/tensor';
import { checkNumber } from '@gradus/tensor/options';

/*
 * What all cross-entropies share, with Keras's semantics. Probabilities of classes are divided by their
 * sum; all probabilities are kept between 1e-7 and 1 - 1e-7, so that no logarithm is infinite.
 */

const least = 1e-7;

/** Numbers beyond the bounds become these and have no gradient. */
export function clipped(p: Tensor): Tensor {
  return clip(p, { min: least, max: 1 - least });
}

/** Predictions [..., classes] as probabilities that add up to 1, kept between the bounds. */
export function normalized(yPred: Tensor): Tensor {
  return clipped(div(yPred, sum(yPred, { axis: -1, keepDims: true })));
}

/** Their logarithms. */
export function logProbabilities(yPred: Tensor): Tensor {
  return log(normalized(yPred));
}

/** Targets of which a part is spread evenly over the classes. */
export function smoothed(yTrue: Tensor, by: number, classes: number): Tensor {
  return by === 0 ? yTrue : add(mul(yTrue, 1 - by), by / classes);
}

/** @throws OptionError unless it is a number from 0 to 1. */
export function checkSmoothing(op: string, labelSmoothing: number): void {
  checkNumber(op, { labelSmoothing }, [0, 1]);
}

/** @throws OptionError if a target is no probability, but for rounding. */
export function checkProbabilities(op: string, yTrue: Tensor): void {
  const values = yTrue.toTypedArray();
  const odd = values.findIndex((target) => target < -1e-6 || target > 1 + 1e-6);
  if (odd < 0) return;
  throw new OptionError({
    op,
    expected: 'targets from 0 to 1',
    received: `${values[odd]} at ${odd}`,
    hint:
      values[odd] === -1
        ? 'For targets -1 and 1 take hinge.'
        : 'For classes by number take sparseCategoricalCrossentropy.',
  });
}
