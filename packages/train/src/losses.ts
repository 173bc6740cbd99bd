import { abs, mean, square, sub } from '@gradus/autodiff';
import { checkAlike } from './checkAlike';
import type { Loss } from './loss';

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
