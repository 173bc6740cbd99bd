/*
 * Winograd's minimal algorithm for two outputs of a filter of three taps, F(2, 3), in two dimensions:
 * A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", arXiv:1509.09308, section
 * 4.1. From a tile d of 4x4 pixels and a filter g of 3x3 taps it computes the 2x2 sums
 *
 *     y = outputMatrix [(filterMatrix g filterMatrix') * (inputMatrix d inputMatrix')] outputMatrix'
 *
 * where * multiplies element by element and ' transposes: 16 products instead of 36. Tiles overlap by
 * two pixels. Over several channels the 16 products become 16 matrix products, because the
 * transformations are linear: tiles by channels, times channels by filters.
 *
 * The map from g to y is linear too, and its adjoint is the gradient of the filter:
 *
 *     dg = filterMatrix' [(outputMatrix' dy outputMatrix) * (inputMatrix d inputMatrix')] filterMatrix
 */

/** Rows of coefficients. */
export type Matrix = readonly (readonly number[])[];

/** From pixels to a transformed tile. */
export const inputMatrix: Matrix = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];

/** From taps to a transformed filter. */
export const filterMatrix: Matrix = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];

/** From products to sums. */
export const outputMatrix: Matrix = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];

/** Sums along an axis of a tile. */
export const tileStep = outputMatrix.length;
/** Pixels, and products, along an axis of a tile. */
export const tileSize = inputMatrix.length;
/** Products of a tile. */
export const tileProducts = tileSize * tileSize;

/** Rows become columns. */
export function transposed(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}
