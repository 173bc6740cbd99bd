import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';

/** A loss, as laws see it: a scalar [] of targets and predictions [batch, ...], and what is known of it. */
export interface LossImplementation extends Subject {
  /** Of the predictions, and of the targets unless these are labels. */
  readonly dtype: FloatDType;
  readonly loss: (yTrue: Tensor, yPred: Tensor) => Tensor;
  /** The gradient of the loss in the predictions. */
  readonly gradient?: (yTrue: Tensor, yPred: Tensor) => Tensor;
  readonly properties: LossProperties;
}

/**
 * What targets of [batch, ..., classes] hold. `numbers`: any; `positive`: above 0; `probabilities`: from 0
 * to 1; `sides`: -1 and 1; `distributions`: rows that add up to 1; `oneHot`: rows of one 1 and zeros;
 * `labels`: the number of a class for each row, int32 [batch, ...].
 */
export type TargetKind =
  'numbers' | 'positive' | 'probabilities' | 'sides' | 'distributions' | 'oneHot' | 'labels';

/**
 * What predictions [batch, ..., classes] hold. `probabilities` and `distributions` are above 0 and below
 * 1 throughout; `logits` are numbers of any size.
 */
export type PredictionKind = 'numbers' | 'positive' | 'probabilities' | 'distributions' | 'logits';

/**
 * What is known of a loss; what is left out is not claimed, and the law about it does not apply.
 */
export interface LossProperties {
  readonly targets: TargetKind;
  readonly predictions: PredictionKind;
  /** Whether it is never below 0. */
  readonly nonNegative?: boolean;
  /** What it is where predictions equal targets: 0, or the least for these targets. */
  readonly atTargets?: 'zero' | 'minimum';
  /** Whether targets and predictions may be exchanged. */
  readonly symmetric?: boolean;
  /** Whether, for fixed targets, it is convex in the predictions. */
  readonly convex?: boolean;
  /** Whether a number added to targets and predictions changes nothing. */
  readonly translationInvariant?: boolean;
  /** The d for which targets and predictions times s > 0 give s^d times the loss. */
  readonly homogeneous?: number;
  /** Whether predictions may be multiplied with a number above 0: only their direction counts. */
  readonly scaleInvariant?: boolean;
  /** Whether a number may be added to a whole row of predictions. */
  readonly rowShiftInvariant?: boolean;
  /** Whether yes and no may be exchanged: 1 - y for y and 1 - p for p, or -p for logits p. */
  readonly complement?: boolean;
  /** Which cross-entropy of logits it is: of rows of classes, or of single numbers for yes and no. */
  readonly entropyOf?: 'rows' | 'sides';
}
