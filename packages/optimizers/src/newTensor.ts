import type { Backend } from '@gradus/autodiff';
import { rowMajor, Tensor } from '@gradus/tensor';

/** A tensor like another one on an engine, which still holds anything: for a kernel to fill. */
export function newTensor(engine: Backend, { dtype, size, shape }: Tensor): Tensor {
  return new Tensor(engine.allocate(dtype, size), rowMajor(shape));
}
