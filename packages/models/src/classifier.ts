import type { Activation } from '@gradus/layers';
import type { Shape } from '@gradus/tensor';
import type { ModelOptions } from '@gradus/train';

/** What networks that tell classes of images apart have in common. */
export interface ClassifierOptions extends ModelOptions {
  /** Of one image, [height, width, channels]. */
  readonly inputShape?: Shape;
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /**
   * Of the last layer, with Keras's name and default: 'softmax' gives probabilities. With 'linear' the
   * results are logits, for losses made with `fromLogits: true`, which is more exact in training.
   */
  readonly classifierActivation?: Activation;
}
