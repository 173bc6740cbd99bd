import { checkAlike } from '../losses/checkAlike';
import { asLabels } from '../losses/labels';
import type { MetricFunction } from './metric';
import { largestOfRows, shareOf } from './rows';

/**
 * How many predictions are on the side of 0.5 that their target, 0 or 1, is on; from 0 to 1.
 * @throws ShapeError or DTypeError if targets and predictions differ.
 */
export const binaryAccuracy: MetricFunction = (yTrue, yPred) => {
  checkAlike('binaryAccuracy', yTrue, yPred);
  const targets = yTrue.toTypedArray();
  return shareOf(yPred.toTypedArray(), (p, i) => (p > 0.5 ? 1 : 0) === targets[i]);
};

/**
 * How many rows [..., classes] have their largest prediction where the target is largest; from 0 to 1.
 * @throws ShapeError or DTypeError if targets and predictions differ.
 */
export const categoricalAccuracy: MetricFunction = (yTrue, yPred) => {
  checkAlike('categoricalAccuracy', yTrue, yPred);
  const classes = largestOfRows(yTrue);
  return shareOf(largestOfRows(yPred), (predicted, i) => predicted === classes[i]);
};

/**
 * How many rows [..., classes] have their largest prediction where the label [...] says; from 0 to 1.
 * @throws ShapeError if labels do not fit the predictions.
 */
export const sparseCategoricalAccuracy: MetricFunction = (yTrue, yPred) => {
  const labels = asLabels('sparseCategoricalAccuracy', yTrue, yPred).toTypedArray();
  return shareOf(largestOfRows(yPred), (predicted, i) => predicted === labels[i]);
};

/**
 * The accuracy that the shapes call for, as in Keras: binary for predictions [..., 1], sparse for
 * labels [...] or [..., 1] of predictions [..., classes], categorical otherwise.
 * @throws ShapeError or DTypeError if targets and predictions do not fit.
 */
export const accuracy: MetricFunction = (yTrue, yPred) => {
  if (yPred.rank < 2 || yPred.shape.at(-1) === 1) return binaryAccuracy(yTrue, yPred);
  const isSparse = yTrue.rank < yPred.rank || yTrue.shape.at(-1) === 1;
  return isSparse ? sparseCategoricalAccuracy(yTrue, yPred) : categoricalAccuracy(yTrue, yPred);
};
