import {
  add,
  log,
  mul,
  neg,
  oneHot,
  softmaxCrossEntropy,
  softplus,
  sparseSoftmaxCrossEntropy,
  sub,
  sum,
} from '@gradus/autodiff';
import type { FloatDType, Shape, Tensor } from '@gradus/tensor';
import { checkFlags } from '@gradus/tensor/options';
import { defineLoss, type SampleLoss } from './defineLoss';
import { asLabels, checkLabels } from './labels';
import {
  checkProbabilities,
  checkSmoothing,
  clipped,
  logProbabilities,
  smoothed,
} from './probabilities';
import { classesOf, labelShapes } from './targetHint';

/** Options of `sparseCategoricalCrossentropy`. */
export interface CrossentropyOptions {
  /**
   * Whether predictions are logits, any numbers of any size, and not probabilities. Default false.
   */
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
export function categoricalCrossentropy(config: SmoothedCrossentropyOptions = {}): SampleLoss {
  const name = 'categoricalCrossentropy';
  const { fromLogits = false, labelSmoothing = 0 } = config;
  checkFlags(name, { fromLogits });
  checkSmoothing(name, labelSmoothing);
  const targetsOf = (yTrue: Tensor): Tensor =>
    smoothed(yTrue, labelSmoothing, yTrue.shape.at(-1) ?? 1);
  const targetShapes = (outputShape: Shape): readonly [Shape] => classesOf(name, outputShape);
  if (!fromLogits) {
    return defineLoss({
      name,
      config,
      targetShapes,
      each: (yTrue, yPred) => lossOfRows(targetsOf(yTrue), logProbabilities(yPred)),
    });
  }
  return defineLoss({
    name,
    config,
    targetShapes,
    each: (yTrue, yPred) => softmaxCrossEntropy(yPred, targetsOf(yTrue), { reduction: 'none' }),
    mean: (yTrue, yPred) => softmaxCrossEntropy(yPred, targetsOf(yTrue), { reduction: 'mean' }),
  });
}

/**
 * The mean of -log p of the right class, from labels [batch, ...] or [batch, ..., 1], int32 or uint8,
 * and predictions [batch, ..., classes].
 * @throws ShapeError, DTypeError or OptionError, when called, if labels do not fit the predictions.
 */
export function sparseCategoricalCrossentropy(config: CrossentropyOptions = {}): SampleLoss {
  const { fromLogits = false } = config;
  const name = 'sparseCategoricalCrossentropy';
  checkFlags(name, { fromLogits });
  const targetsOf = (yTrue: Tensor, yPred: Tensor): Tensor =>
    oneHot(asLabels(name, yTrue, yPred), yPred.shape.at(-1)!, yPred.dtype as FloatDType);
  return defineLoss({
    name,
    config,
    targetShapes: (outputShape) => labelShapes(...classesOf(name, outputShape)),
    checkTargets: (yTrue, { shape }) => checkLabels(name, yTrue, shape.at(-1) ?? 1),
    check: (op, yTrue, yPred) => checkLabels(op, asLabels(op, yTrue, yPred), yPred.shape.at(-1)!),
    each: (yTrue, yPred) =>
      fromLogits
        ? sparseSoftmaxCrossEntropy(yPred, asLabels(name, yTrue, yPred))
        : lossOfRows(targetsOf(yTrue, yPred), logProbabilities(yPred)),
    // One operation forwards and one back, where the mean of the rows' losses takes several.
    ...(fromLogits && {
      mean: (yTrue, yPred) =>
        softmaxCrossEntropy(yPred, targetsOf(yTrue, yPred), { reduction: 'mean' }),
    }),
  });
}

function lossOfRows(targets: Tensor, logarithms: Tensor): Tensor {
  return neg(sum(mul(targets, logarithms), { axis: -1 }));
}

/**
 * The mean of -(y log p + (1 - y) log(1 - p)) over all elements, from targets y from 0 to 1 and
 * predictions of the same shape. The logit of p is log(p / (1 - p)).
 * @throws OptionError if labelSmoothing is not from 0 to 1; when called, if a target is not.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function binaryCrossentropy(config: SmoothedCrossentropyOptions = {}): SampleLoss {
  const name = 'binaryCrossentropy';
  const { fromLogits = false, labelSmoothing = 0 } = config;
  checkFlags(name, { fromLogits });
  checkSmoothing(name, labelSmoothing);
  return defineLoss({
    name,
    config,
    checkValues: checkProbabilities,
    each: (yTrue, yPred) => lossOfSides(smoothed(yTrue, labelSmoothing, 2), yPred, fromLogits),
  });
}

/** -(y log p + (1 - y) log(1 - p)), number by number. */
export function lossOfSides(ones: Tensor, yPred: Tensor, fromLogits: boolean): Tensor {
  const zeros = sub(1, ones);
  if (fromLogits) {
    // log p = -softplus(-x) and log(1 - p) = -softplus(x): nothing cancels, however large x is.
    return add(mul(ones, softplus(neg(yPred))), mul(zeros, softplus(yPred)));
  }
  const p = clipped(yPred);
  return neg(add(mul(ones, log(p)), mul(zeros, log(sub(1, p)))));
}
