import type { Variable } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';

/** What the training loop and its callbacks need of a model. */
export interface Trainable {
  readonly variables: readonly Variable[];
  /** The variable of a name, or of the end of one. */
  weight(name: string): Variable;
  /** Makes one optimizer step on a batch, and returns the loss before it. */
  trainOnBatch(x: Tensor, y: Tensor): number;
  /** The mean loss over all samples. */
  evaluate(x: Tensor, y: Tensor, options?: { readonly batchSize?: number }): number;
  /** The results for all samples. */
  predict(x: Tensor, options?: { readonly batchSize?: number }): Tensor;
}
