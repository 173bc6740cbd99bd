import { currentBackend, valueAndGrad, withBackend, type Backend } from '@gradus/autodiff';
import type { FloatDType, Tensor } from '@gradus/tensor';
import type { LossImplementation, LossProperties } from './implementation';

/** Where a loss is computed. */
export interface LossPlace {
  readonly dtype: FloatDType;
  /** Default: the current one. */
  readonly engine?: Backend;
}

/** A loss made of operations as an implementation; its gradient is that of the tape. */
export function lossOf(
  name: string,
  loss: (yTrue: Tensor, yPred: Tensor) => Tensor,
  properties: LossProperties,
  { dtype, engine = currentBackend() }: LossPlace,
): LossImplementation {
  return {
    name: `${name} on ${engine.name}, ${dtype}`,
    dtype,
    properties,
    loss: (yTrue, yPred) => withBackend(engine, () => loss(yTrue, yPred)),
    gradient: (yTrue, yPred) =>
      withBackend(engine, () => valueAndGrad(() => loss(yTrue, yPred), [yPred]).grads[0]),
  };
}
