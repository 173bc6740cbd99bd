import { tensor, type Tensor } from '@gradus/tensor';

/*
 * Kernels [height, width] that estimate derivatives of an image. Convolution here is
 * cross-correlation: the kernel lies on the image as it is written. x grows to the right and y
 * downwards, so sobelX is positive where the image gets brighter to the right. None is normalised.
 */

/** Brightness difference from left to right, smoothed 1-2-1. I. Sobel, G. Feldman 1968. */
export const sobelX = (): Tensor => fromRows([-1, 0, 1], [-2, 0, 2], [-1, 0, 1]);

/** Brightness difference from top to bottom: the transpose of `sobelX`. */
export const sobelY = (): Tensor => fromRows([-1, -2, -1], [0, 0, 0], [1, 2, 1]);

/** As `sobelX`, smoothed 3-10-3, which is closer to rotation invariance. H. Scharr 2000. */
export const scharrX = (): Tensor => fromRows([-3, 0, 3], [-10, 0, 10], [-3, 0, 3]);

/** The transpose of `scharrX`. */
export const scharrY = (): Tensor => fromRows([-3, -10, -3], [0, 0, 0], [3, 10, 3]);

/** As `sobelX`, smoothed 1-1-1. J. M. S. Prewitt 1970. */
export const prewittX = (): Tensor => fromRows([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]);

/** The transpose of `prewittX`. */
export const prewittY = (): Tensor => fromRows([-1, -1, -1], [0, 0, 0], [1, 1, 1]);

/** The sum of the second differences along x and y: zero on ramps, negative on bright dots. */
export const laplacian = (): Tensor => fromRows([0, 1, 0], [1, -4, 1], [0, 1, 0]);

function fromRows(...rows: readonly (readonly number[])[]): Tensor {
  return tensor(rows);
}
