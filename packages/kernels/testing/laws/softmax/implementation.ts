import { full, type FloatDType, type Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import type { Backend, RowKernel } from '../../../src/index';

/**
 * A softmax, its logarithm, or both, as laws see them: from x [..., classes] along the last axis.
 * Gradients are those of <f(x), dy> in x, all shaped like x.
 */
export interface SoftmaxImplementation extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  readonly softmax?: (x: Tensor) => Tensor;
  readonly logSoftmax?: (x: Tensor) => Tensor;
  readonly softmaxGradient?: (dy: Tensor, x: Tensor) => Tensor;
  readonly logSoftmaxGradient?: (dy: Tensor, x: Tensor) => Tensor;
  /** Whether it takes tensors in any layout, not only row-major ones. Default false. */
  readonly views?: boolean;
}

/** An engine as an implementation, in one element type; engines have no gradients of it. */
export function softmaxOf(backend: Backend, dtype: FloatDType): SoftmaxImplementation {
  const alongRows =
    (kernel: RowKernel) =>
    (x: Tensor): Tensor => {
      const out = full(x.shape, NaN, dtype);
      backend.mapRows(kernel, x, out);
      return out;
    };
  return {
    name: `${backend.name}, ${dtype}`,
    dtype,
    views: true,
    softmax: alongRows('softmax'),
    logSoftmax: alongRows('logSoftmax'),
  };
}
