import type { Shape, Tensor } from '@gradus/tensor';

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
  /** The function that made it of options, by which it is saved; none if no function did. */
  readonly kind?: string;
  /** Those options. */
  readonly config?: Readonly<Record<string, unknown>>;
}
