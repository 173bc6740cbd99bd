import type { FloatDType, Shape, Tensor } from '@gradus/tensor';

/** What a model predicts for one sample. */
export interface Predictions {
  readonly shape: Shape;
  readonly dtype: FloatDType;
}

/** How wrong predictions are: a scalar [] from targets and predictions, [batch, ...]. */
export interface Loss {
  (yTrue: Tensor, yPred: Tensor): Tensor;
  /**
   * The loss of each sample, [batch], of which the loss is the mean: what weights of classes and
   * samples need. Without it all samples count alike.
   */
  readonly perSample?: (yTrue: Tensor, yPred: Tensor) => Tensor;
  /**
   * The shapes that the targets of one sample may have, from the shape of its predictions. Without
   * it they are shaped like the predictions.
   */
  readonly targetShapes?: (outputShape: Shape) => readonly Shape[];
  /**
   * Refuses targets that cannot be those of predictions of this shape, of one sample, and element type:
   * all of them at once, before training begins. Without it, they are found when they are met.
   */
  readonly checkTargets?: (yTrue: Tensor, predictions: Predictions) => void;
  /** The function that made it of options, by which it is saved; none if no function did. */
  readonly kind?: string;
  /** Those options. */
  readonly config?: Readonly<Record<string, unknown>>;
}
