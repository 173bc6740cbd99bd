import type { Tensor } from 'gradus';

/** The largest absolute difference between coefficients. */
export function largestError(kernel: Tensor, target: Tensor): number {
  const [a, b] = [coefficients(kernel), coefficients(target)];
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** The cosine of the angle between two kernels: 1 if they differ only in scale, 0 if one is 0. */
export function similarity(kernel: Tensor, target: Tensor): number {
  const [a, b] = [coefficients(kernel), coefficients(target)];
  const norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return norms === 0 ? 0 : dot(a, b) / norms;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}

function coefficients(kernel: Tensor): Float64Array {
  return Float64Array.from(kernel.toTypedArray());
}
