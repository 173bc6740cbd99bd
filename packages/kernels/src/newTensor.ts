import { rowMajor, sizeOf, Tensor, type DType, type Shape } from '@gradus/tensor';
import type { Backend } from './backend';

/** A tensor on an engine that still holds anything: for a kernel to fill. */
export function newTensor<D extends DType>(engine: Backend, dtype: D, shape: Shape): Tensor<D> {
  return new Tensor(engine.allocate(dtype, sizeOf(shape)), rowMajor(shape));
}
