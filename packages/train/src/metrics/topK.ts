import type { Tensor } from '@gradus/tensor';
import { checkText, checkWhole } from '@gradus/tensor/options';
import { checkAlike } from '../losses/checkAlike';
import { asLabels } from '../losses/labels';
import { madeOf, meanMetric, type MetricDefinition, type MetricOptions } from './metric';
import { largestOfRows, shareOf } from './rows';

/** Options of the top-k accuracies. */
export interface TopKOptions extends MetricOptions {
  /** Among how many of the largest predictions the right class is to be. Default 5. */
  readonly k?: number;
}

/**
 * How many rows [..., classes] have the class where the target is largest among their k largest
 * predictions; from 0 to 1. Of equal predictions all are in that only fewer than k are larger.
 * @throws OptionError if k is not a whole number of at least 1.
 * @throws ShapeError or DTypeError, when measuring, if targets and predictions differ.
 */
export function topKCategoricalAccuracy(options: TopKOptions = {}): MetricDefinition {
  return topK('topKCategoricalAccuracy', options, (op, yTrue, yPred) => {
    checkAlike(op, yTrue, yPred);
    return largestOfRows(yTrue);
  });
}

/**
 * How many rows [..., classes] have the class that the label [...] names among their k largest
 * predictions; from 0 to 1.
 * @throws OptionError if k is not a whole number of at least 1.
 * @throws ShapeError, when measuring, if labels do not fit the predictions.
 */
export function sparseTopKCategoricalAccuracy(options: TopKOptions = {}): MetricDefinition {
  return topK('sparseTopKCategoricalAccuracy', options, (op, yTrue, yPred) =>
    asLabels(op, yTrue, yPred).toTypedArray(),
  );
}

function topK(
  op: string,
  config: TopKOptions,
  classesOf: (op: string, yTrue: Tensor, yPred: Tensor) => ArrayLike<number>,
): MetricDefinition {
  const { k = 5, name = op } = config;
  checkWhole(op, { k }, 1);
  checkText(op, { name });
  const metric = meanMetric(name, (yTrue, yPred) => {
    const classes = classesOf(op, yTrue, yPred);
    const scores = yPred.toTypedArray();
    const columns = yPred.shape.at(-1)!;
    return shareOf(classes, (right, row) => {
      const score = scores[row * columns + right]!;
      // A label that names no class, or a score that is NaN, is never among them.
      if (!(right >= 0 && right < columns) || Number.isNaN(score)) return false;
      let larger = 0;
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        if (scores[i]! > score) larger++;
      }
      return larger < k;
    });
  });
  return { ...metric, ...madeOf(op, config) };
}
