import { newTensor, type Backend } from '@gradus/kernels';
import { full, type Tensor, type View } from '@gradus/tensor';

/** Fills `out` with what lies between two bounds, and the nearer of them for all else. */
export function clipNumbers(
  backend: Backend,
  x: Tensor,
  { min, max }: { readonly min: number; readonly max: number },
  out: View,
): void {
  const belowMax = newTensor(backend, x.dtype, x.shape);
  backend.zip('minimum', x, full([], max, x.dtype), belowMax);
  backend.zip('maximum', belowMax, full([], min, x.dtype), out);
}
