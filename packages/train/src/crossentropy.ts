import {
  add,
  div,
  log,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  softmaxCrossEntropy,
  softplus,
  sparseSoftmaxCrossEntropy,
  sub,
  sum,
} from '@gradus/autodiff';
import {
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  type FloatDType,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { checkAlike } from './checkAlike';
import type { Loss } from './loss';

/*
 * Cross-entropies with Keras's names and semantics. Probabilities of classes are divided by their sum;
 * all probabilities are kept between 1e-7 and 1 - 1e-7, so that no logarithm is infinite. Logits are
 * taken as they are: they may be of any size.
 */

/** Options of `sparseCategoricalCrossentropy`. */
export interface CrossentropyOptions {
  /** Whether predictions are logits, any numbers, and not probabilities. Default false. */
  readonly fromLogits?: boolean;
}

/** Options of `categoricalCrossentropy` and `binaryCrossentropy`. */
export interface SmoothedCrossentropyOptions extends CrossentropyOptions {
  /** How much of each target is spread evenly over the classes, 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * The mean of -sum(y log p) over the rows, from targets y and predictions [batch, ..., classes].
 * @throws OptionError if labelSmoothing is not from 0 to 1.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function categoricalCrossentropy(options: SmoothedCrossentropyOptions = {}): Loss {
  const { fromLogits = false, labelSmoothing = 0 } = options;
  checkSmoothing('categoricalCrossentropy', labelSmoothing);
  return (yTrue, yPred) => {
    checkAlike('categoricalCrossentropy', yTrue, yPred);
    const classes = yPred.shape.at(-1) ?? 1;
    const targets = smoothed(yTrue, labelSmoothing, classes);
    if (fromLogits) return softmaxCrossEntropy(yPred, targets, { reduction: 'mean' });
    return neg(mean(sum(mul(targets, logProbabilities(yPred)), { axis: -1 })));
  };
}

/**
 * The mean of -log p of the right class, from labels [batch, ...] or [batch, ..., 1], int32 or uint8,
 * and predictions [batch, ..., classes].
 * @throws ShapeError, DTypeError or OptionError, when called, if labels do not fit the predictions.
 */
export function sparseCategoricalCrossentropy({
  fromLogits = false,
}: CrossentropyOptions = {}): Loss {
  const loss = (yTrue: Tensor, yPred: Tensor): Tensor => {
    const labels = asLabels('sparseCategoricalCrossentropy', yTrue, yPred);
    if (fromLogits) return mean(sparseSoftmaxCrossEntropy(yPred, labels));
    const targets = oneHot(labels, yPred.shape.at(-1)!, yPred.dtype as FloatDType);
    return neg(mean(sum(mul(targets, logProbabilities(yPred)), { axis: -1 })));
  };
  return Object.assign(loss, { targetShapes: labelShapes });
}

/**
 * The mean of -(y log p + (1 - y) log(1 - p)) over all elements, from targets y from 0 to 1 and
 * predictions of the same shape. The logit of p is log(p / (1 - p)).
 * @throws OptionError if labelSmoothing is not from 0 to 1.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function binaryCrossentropy(options: SmoothedCrossentropyOptions = {}): Loss {
  const { fromLogits = false, labelSmoothing = 0 } = options;
  checkSmoothing('binaryCrossentropy', labelSmoothing);
  return (yTrue, yPred) => {
    checkAlike('binaryCrossentropy', yTrue, yPred);
    const ones = smoothed(yTrue, labelSmoothing, 2);
    const zeros = sub(1, ones);
    if (fromLogits) {
      // log p = -softplus(-x) and log(1 - p) = -softplus(x): nothing cancels, however large x is.
      return mean(add(mul(ones, softplus(neg(yPred))), mul(zeros, softplus(yPred))));
    }
    const p = clipped(yPred);
    return neg(mean(add(mul(ones, log(p)), mul(zeros, log(sub(1, p))))));
  };
}

/** The shapes of one sample's labels for predictions [..., classes]. */
export function labelShapes(outputShape: Shape): readonly Shape[] {
  const rows = outputShape.slice(0, -1);
  return [rows, [...rows, 1]];
}

/** Labels [...] for predictions [..., classes]; they may have a last axis of size 1. */
export function asLabels(op: string, yTrue: Tensor, yPred: Tensor): Tensor {
  const [rows, column] = labelShapes(yPred.shape);
  if (yPred.rank > 0 && sameShape(yTrue.shape, rows!)) return yTrue;
  if (yPred.rank > 0 && sameShape(yTrue.shape, column!)) return reshape(yTrue, rows!);
  throw new ShapeError({
    op,
    expected: 'labels [...] for predictions [..., classes]',
    received: `${formatShape(yTrue.shape)} and ${formatShape(yPred.shape)}`,
  });
}

function logProbabilities(yPred: Tensor): Tensor {
  return log(clipped(div(yPred, sum(yPred, { axis: -1, keepDims: true }))));
}

const least = 1e-7;

/** Numbers beyond the bounds become these and have no gradient. */
function clipped(p: Tensor): Tensor {
  return sub(add(relu(sub(p, least)), least), relu(sub(p, 1 - least)));
}

function smoothed(yTrue: Tensor, by: number, classes: number): Tensor {
  return by === 0 ? yTrue : add(mul(yTrue, 1 - by), by / classes);
}

function checkSmoothing(op: string, labelSmoothing: number): void {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  throw new OptionError({
    op,
    expected: 'labelSmoothing from 0 to 1',
    received: String(labelSmoothing),
  });
}
