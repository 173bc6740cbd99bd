import {
  DTypeError,
  formatShape,
  isFloat,
  OptionError,
  sameShape,
  ShapeError,
  tensor,
  type Tensor,
} from '@gradus/tensor';
import { checkText, checkWhole } from '@gradus/tensor/options';
import { checkTensors } from '../losses/checkAlike';
import { madeOf, type MetricDefinition, type MetricOptions } from './metric';
import { largestOfRows } from './rows';
import { savedCounts } from './savedCounts';

/** Options of `confusionMatrix`. */
export interface ConfusionOptions {
  /** How many classes there are. Default: as the predictions have, or as many as labels name. */
  readonly classes?: number;
}

/**
 * How often samples of each class were taken for each: an int32 tensor [classes, classes], in row t and
 * column p the number of those of class t that were predicted as p.
 *
 * Both may be labels, int32 or uint8. Predictions may be scores [..., classes], of which the largest
 * counts, or [..., 1], where above 0.5 is class 1; targets may be one-hot where predictions are scores.
 * @throws ShapeError if there is not one target for each prediction.
 * @throws DTypeError if labels are no whole numbers.
 * @throws OptionError if a label is not from 0 to classes - 1.
 */
export function confusionMatrix(
  yTrue: Tensor,
  yPred: Tensor,
  options: ConfusionOptions = {},
): Tensor<'int32'> {
  const op = 'confusionMatrix';
  checkTensors(op, yTrue, yPred);
  const isOneHot = hasScores(yPred) && sameShape(yTrue.shape, yPred.shape);
  const truths = isOneHot ? largestOfRows(yTrue) : labelsOf(op, yTrue);
  const predicted = labelsOf(op, yPred);
  if (truths.length !== predicted.length) {
    throw new ShapeError({
      op,
      expected: 'a target for each prediction',
      received: `${formatShape(yTrue.shape)} and ${formatShape(yPred.shape)}`,
    });
  }
  const { classes = Math.max(scoresIn(yPred), 1 + largest(truths), 1 + largest(predicted)) } =
    options;
  checkWhole(op, { classes }, 1);
  for (const labels of [truths, predicted]) checkRange(op, labels, classes);
  const counts = new Int32Array(classes * classes);
  truths.forEach((truth, i) => counts[truth * classes + predicted[i]!]!++);
  return tensor(counts, [classes, classes]);
}

/** Options of `meanIoU`. */
export interface MeanIoUOptions extends MetricOptions {
  /** How many classes there are, at least 1. */
  readonly classes: number;
}

/**
 * How well regions of classes fit: the size of what target and prediction of a class have in common,
 * over that of what either covers, as a mean over the classes that occur; from 0 to 1. Targets and
 * predictions as for `confusionMatrix`.
 * @throws OptionError if classes is not a whole number of at least 1.
 */
export function meanIoU(config: MeanIoUOptions): MetricDefinition {
  const { classes, name = 'meanIoU' } = config;
  checkWhole('meanIoU', { classes }, 1);
  checkText('meanIoU', { name });
  return {
    ...madeOf('meanIoU', config),
    name,
    start() {
      const counts = new Float64Array(classes * classes);
      return {
        add(yTrue, yPred) {
          const matrix = confusionMatrix(yTrue, yPred, { classes }).toTypedArray();
          matrix.forEach((count, i) => (counts[i]! += count));
        },
        get value() {
          return meanOverlap(counts, classes);
        },
        state: () => [...counts],
        restore: (state) => counts.set(savedCounts(name, state, counts.length)),
      };
    },
  };
}

function meanOverlap(counts: Float64Array, classes: number): number {
  let [total, occurring] = [0, 0];
  for (let one = 0; one < classes; one++) {
    const both = counts[one * classes + one]!;
    let either = -both;
    for (let other = 0; other < classes; other++) {
      either += counts[one * classes + other]! + counts[other * classes + one]!;
    }
    if (either === 0) continue;
    total += both / either;
    occurring++;
  }
  return occurring === 0 ? 0 : total / occurring;
}

function hasScores({ dtype, rank, shape }: Tensor): boolean {
  return isFloat(dtype) && rank >= 2 && shape.at(-1)! >= 2;
}

/** How many classes the scores are of. */
function scoresIn(yPred: Tensor): number {
  return hasScores(yPred) ? yPred.shape.at(-1)! : isFloat(yPred.dtype) ? 2 : 0;
}

function labelsOf(op: string, x: Tensor): Int32Array {
  if (hasScores(x)) return largestOfRows(x);
  const values = x.toTypedArray();
  if (!isFloat(x.dtype)) return Int32Array.from(values);
  if (x.rank >= 2 && x.shape.at(-1) === 1) return Int32Array.from(values, (p) => (p > 0.5 ? 1 : 0));
  throw new DTypeError({
    op,
    expected: 'int32 or uint8 labels, or scores [..., classes]',
    received: `${x.dtype} ${formatShape(x.shape)}`,
    hint: "Convert whole numbers: cast(y, 'int32').",
  });
}

function largest(labels: Int32Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}

function checkRange(op: string, labels: Int32Array, classes: number): void {
  const odd = labels.findIndex((label) => label < 0 || label >= classes);
  if (odd < 0) return;
  throw new OptionError({
    op,
    expected: `labels from 0 to ${classes - 1}`,
    received: `${labels[odd]} at ${odd}`,
  });
}
