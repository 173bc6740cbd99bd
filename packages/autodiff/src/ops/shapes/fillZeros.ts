import type { Backend } from '@gradus/kernels';
import { broadcastLayout, scalar, windowOn, type Tensor } from '@gradus/tensor';

/** Makes all of `out`, which may hold anything, 0. */
export function fillZeros(backend: Backend, out: Tensor): void {
  const zero = scalar(0, out.dtype);
  backend.copy(windowOn(zero, broadcastLayout(zero, out.shape)), out);
}
