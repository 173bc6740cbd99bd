import type { Tensor } from '@gradus/tensor';

/** What the values of a weight add to the loss. */
export interface Regularizer {
  /** What sort of regularizer it is, such as `l2`. */
  readonly kind: string;
  /** The options it was made with. */
  readonly config: object;
  /** A scalar, of the weight's element type, with a gradient. */
  penalty(weight: Tensor): Tensor;
}
