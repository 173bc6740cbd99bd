import {
  add,
  clip,
  log,
  logSoftmax,
  mul,
  neg,
  pow,
  sigmoid,
  softmax,
  sub,
  sum,
} from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import { checkFlags, checkNumber } from '@gradus/tensor/options';
import { lossOfSides, type SmoothedCrossentropyOptions } from './crossentropy';
import { defineLoss, type SampleLoss } from './defineLoss';
import { checkProbabilities, checkSmoothing, clipped, normalized, smoothed } from './probabilities';
import { classesOf } from './targetHint';

/*
 * Cross-entropies times (1 - p)^gamma, where p is the probability of what is right: what is known well
 * already counts little (T.-Y. Lin et al., "Focal Loss for Dense Object Detection", arXiv:1708.02002,
 * section 3).
 */

/** Options of `categoricalFocalCrossentropy`. */
export interface FocalCrossentropyOptions extends SmoothedCrossentropyOptions {
  /** A factor of the loss, 0 to 1; of the binary one for targets of 1. Default 0.25. */
  readonly alpha?: number;
  /** How little counts what is known well, at least 0: at 0 there is no difference. Default 2. */
  readonly gamma?: number;
}

/** Options of `binaryFocalCrossentropy`. */
export interface BinaryFocalCrossentropyOptions extends FocalCrossentropyOptions {
  /** Whether targets of 1 count alpha and those of 0 count 1 - alpha. Default false: all alike. */
  readonly applyClassBalancing?: boolean;
}

/**
 * The mean of (1 - q)^gamma times the binary cross-entropy, where q is the probability predicted for
 * the target, from targets from 0 to 1 and predictions of the same shape.
 * @throws OptionError if an option is out of its range; when called, if a target is.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function binaryFocalCrossentropy(config: BinaryFocalCrossentropyOptions = {}): SampleLoss {
  const name = 'binaryFocalCrossentropy';
  const { fromLogits, labelSmoothing, alpha, gamma } = checkedOptions(name, config);
  const { applyClassBalancing = false } = config;
  checkFlags(name, { applyClassBalancing });
  return defineLoss({
    name,
    config,
    checkValues: checkProbabilities,
    each(yTrue, yPred) {
      const ones = smoothed(yTrue, labelSmoothing, 2);
      const zeros = sub(1, ones);
      const one = fromLogits ? sigmoid(yPred) : clipped(yPred);
      // sigmoid(-x) keeps its digits where 1 - sigmoid(x) has none left.
      const zero = fromLogits ? sigmoid(neg(yPred)) : sub(1, one);
      const mistaken = add(mul(ones, zero), mul(zeros, one));
      const loss = mul(focus(mistaken, gamma), lossOfSides(ones, yPred, fromLogits));
      if (!applyClassBalancing) return loss;
      return mul(add(mul(ones, alpha), mul(zeros, 1 - alpha)), loss);
    },
  });
}

/**
 * The mean over the rows of -alpha sum((1 - p)^gamma y log p), from targets y and predictions
 * [batch, ..., classes].
 * @throws OptionError if an option is out of its range.
 * @throws ShapeError or DTypeError, when called, if targets and predictions differ.
 */
export function categoricalFocalCrossentropy(config: FocalCrossentropyOptions = {}): SampleLoss {
  const name = 'categoricalFocalCrossentropy';
  const { fromLogits, labelSmoothing, alpha, gamma } = checkedOptions(name, config);
  return defineLoss({
    name,
    config,
    targetShapes: (outputShape) => classesOf(name, outputShape),
    each(yTrue, yPred) {
      const targets = smoothed(yTrue, labelSmoothing, yTrue.shape.at(-1) ?? 1);
      const p = fromLogits ? softmax(yPred) : normalized(yPred);
      const logarithms = fromLogits ? logSoftmax(yPred) : log(p);
      const losses = mul(focus(sub(1, p), gamma), mul(targets, logarithms));
      return mul(sum(losses, { axis: -1 }), -alpha);
    },
  });
}

/** Kept above 0, where roots have infinite slopes. */
function focus(mistaken: Tensor, gamma: number): Tensor {
  return pow(clip(mistaken, { min: 1e-7 }), gamma);
}

function checkedOptions(
  op: string,
  options: FocalCrossentropyOptions,
): Required<FocalCrossentropyOptions> {
  const { fromLogits = false, labelSmoothing = 0, alpha = 0.25, gamma = 2 } = options;
  checkFlags(op, { fromLogits });
  checkSmoothing(op, labelSmoothing);
  checkNumber(op, { alpha }, [0, 1]);
  checkNumber(op, { gamma }, [0, Infinity]);
  return { fromLogits, labelSmoothing, alpha, gamma };
}
