import type { Shape, Tensor } from '@gradus/tensor';

/** How wrong predictions are: a scalar [] from targets and predictions, [batch, ...]. */
export interface Loss {
  (yTrue: Tensor, yPred: Tensor): Tensor;
  /**
   * The shapes that the targets of one sample may have, from the shape of its predictions. Without
   * it they are shaped like the predictions.
   */
  readonly targetShapes?: (outputShape: Shape) => readonly Shape[];
}
