import type { Tensor } from '@gradus/tensor';

/** What is done to the values of a weight after each step of training. */
export interface Constraint {
  /** What sort of constraint it is, such as `maxNorm`. */
  readonly kind: string;
  /** The options it was made with. */
  readonly config: object;
  /** The nearest values that are allowed, or nearly so: of the weight's shape and element type. */
  apply(weight: Tensor): Tensor;
}
