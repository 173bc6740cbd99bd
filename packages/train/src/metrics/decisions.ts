import type { Tensor } from '@gradus/tensor';
import { checkNumber, checkText } from '@gradus/tensor/options';
import { madeOf, type MetricDefinition, type MetricOptions } from './metric';
import { savedCounts } from './savedCounts';
import { checkClassId, eachScore, type ScoreOptions } from './scores';

/*
 * What becomes of predictions when each says yes or no. Counts are kept over all batches: a mean of
 * the batches' precisions would be another number.
 */

/** Options of `precision`, `recall` and `f1Score`. */
export interface DecisionOptions extends ScoreOptions, MetricOptions {
  /** Predictions above it say yes. Default 0.5; for logits 0 is the same. */
  readonly threshold?: number;
}

/** How often yes was said, and ought to have been. */
interface Counts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

/**
 * The share of right ones among the predictions that say yes, from 0 to 1; 0 if none does. Targets are
 * 0 and 1 and shaped like the predictions, or labels of classes.
 * @throws OptionError if an option is out of its range.
 * @throws ShapeError, when measuring, if targets and predictions do not fit.
 */
export function precision(options: DecisionOptions = {}): MetricDefinition {
  return ofDecisions('precision', options, ({ truePositives, falsePositives }) =>
    ratio(truePositives, truePositives + falsePositives),
  );
}

/**
 * The share of the targets that are yes for which the prediction says so, from 0 to 1; 0 if there are
 * none. Targets as for `precision`.
 * @throws OptionError if an option is out of its range.
 * @throws ShapeError, when measuring, if targets and predictions do not fit.
 */
export function recall(options: DecisionOptions = {}): MetricDefinition {
  return ofDecisions('recall', options, ({ truePositives, falseNegatives }) =>
    ratio(truePositives, truePositives + falseNegatives),
  );
}

/**
 * The harmonic mean of precision and recall, from 0 to 1. Targets as for `precision`.
 * @throws OptionError if an option is out of its range.
 * @throws ShapeError, when measuring, if targets and predictions do not fit.
 */
export function f1Score(options: DecisionOptions = {}): MetricDefinition {
  return ofDecisions('f1Score', options, ({ truePositives, falsePositives, falseNegatives }) =>
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function ofDecisions(
  op: string,
  config: DecisionOptions,
  valueOf: (counts: Readonly<Counts>) => number,
): MetricDefinition {
  const { threshold = 0.5, classId, name = op } = config;
  checkNumber(op, { threshold });
  checkClassId(op, classId);
  checkText(op, { name });
  return {
    ...madeOf(op, config),
    name,
    start() {
      const counts: Counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
      return {
        add(yTrue: Tensor, yPred: Tensor) {
          eachScore(op, [yTrue, yPred], { classId })((score, isPositive) => {
            if (score > threshold) counts[isPositive ? 'truePositives' : 'falsePositives']++;
            else if (isPositive) counts.falseNegatives++;
          });
        },
        get value() {
          return valueOf(counts);
        },
        state: () => [counts.truePositives, counts.falsePositives, counts.falseNegatives],
        restore(state) {
          const [truePositives = 0, falsePositives = 0, falseNegatives = 0] = savedCounts(
            name,
            state,
            3,
          );
          Object.assign(counts, { truePositives, falsePositives, falseNegatives });
        },
      };
    },
  };
}
