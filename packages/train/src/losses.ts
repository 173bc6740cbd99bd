import { abs, mean, square, sub } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  type Tensor,
} from '@gradus/tensor';

/** How wrong predictions are: a scalar [] from targets and predictions, both [batch, ...]. */
export type Loss = (yTrue: Tensor, yPred: Tensor) => Tensor;

/**
 * The mean of the squared differences.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanSquaredError: Loss = (yTrue, yPred) => {
  checkAlike('meanSquaredError', yTrue, yPred);
  return mean(square(sub(yPred, yTrue)));
};

/**
 * The mean of the absolute differences; its gradient is 0 where there is no difference.
 * @throws ShapeError or DTypeError if targets and predictions differ in shape or element type.
 */
export const meanAbsoluteError: Loss = (yTrue, yPred) => {
  checkAlike('meanAbsoluteError', yTrue, yPred);
  return mean(abs(sub(yPred, yTrue)));
};

const byName = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
} as const;

/** A loss by Keras's name. */
export type LossName = keyof typeof byName;

/**
 * The loss that an option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveLoss(loss: Loss | LossName): Loss {
  if (typeof loss === 'function') return loss;
  if (Object.hasOwn(byName, loss)) return byName[loss];
  throw new OptionError({
    op: 'compile',
    expected: `a loss function or one of ${Object.keys(byName).join(', ')}`,
    received: `'${String(loss)}'`,
  });
}

/** Broadcasting would compute a loss of something else without a word. */
function checkAlike(op: string, yTrue: Tensor, yPred: Tensor): void {
  if (!sameShape(yTrue.shape, yPred.shape)) {
    throw new ShapeError({
      op,
      expected: `predictions of the targets' shape ${formatShape(yTrue.shape)}`,
      received: formatShape(yPred.shape),
    });
  }
  if (yTrue.dtype === yPred.dtype) return;
  throw new DTypeError({
    op,
    expected: `${yPred.dtype} targets, as the predictions are`,
    received: yTrue.dtype,
    hint: `Convert them: cast(y, '${yPred.dtype}').`,
  });
}
