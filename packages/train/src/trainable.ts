import type { Variable } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';
import type { Logs } from './logs';

/** What the training loop and its callbacks need of a model. */
export interface Trainable {
  readonly variables: readonly Variable[];
  /** The variable of a name, or of the end of one. */
  weight(name: string): Variable;
  /** Makes one optimizer step on a batch; returns `loss` and metrics, by name, as before it. */
  trainStep(x: Tensor, y: Tensor): Logs;
  /** The means over all samples of `loss` and metrics, by name. */
  measure(x: Tensor, y: Tensor, options?: { readonly batchSize?: number }): Logs;
  /** The results for all samples. */
  predict(x: Tensor, options?: { readonly batchSize?: number }): Tensor;
}
