import { positionOf, zeros, type Tensor } from '@gradus/tensor';
import { framed } from '../../rearrange';
import { paddingAround, resultShape } from '../definition';
import type { ConvolutionSettings } from '../implementation';

type Matrix = readonly (readonly number[])[];

// A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", arXiv:1509.09308, section 4.1.
const B: Matrix = [
  [1, 0, 0, 0],
  [0, 1, -1, 1],
  [-1, 1, 1, 0],
  [0, 0, 0, -1],
];
const G: Matrix = [
  [1, 0, 0],
  [1 / 2, 1 / 2, 1 / 2],
  [1 / 2, -1 / 2, 1 / 2],
  [0, 0, 1],
];
const A: Matrix = [
  [1, 0],
  [1, 1],
  [1, -1],
  [0, -1],
];

/**
 * The convolution with 3x3 filters by S. Winograd's algorithm F(2x2, 3x3), in double precision: each
 * 2x2 tile Y of the result, of a 4x4 tile d of the image and a filter g, is
 * Y = A^T [(G g G^T) * (B^T d B)] A, products element by element summed over the channels.
 * Strides, dilations and groups are 1. S. Winograd, "Arithmetic Complexity of Computations", 1980.
 */
export function convolutionByWinograd(
  x: Tensor,
  filter: Tensor,
  settings: ConvolutionSettings,
): Tensor<'float64'> {
  const y = zeros(resultShape(x.shape, filter.shape, settings), 'float64');
  const [batch, rows, columns] = y.shape as [number, number, number];
  const filters = transformedFilters(filter);
  const [[top, bottom], [left, right]] = paddingAround(x.shape, filter.shape, settings);
  // The last tiles may stick out by one pixel.
  const image = framed(x, [
    [top, bottom + 1],
    [left, right + 1],
  ]);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < rows; i += 2)
      for (let j = 0; j < columns; j += 2) {
        const channels = transformedTile(image, n, i, j);
        filters.forEach((weights, f) => storeTile(y, [n, i, j, f], tileOf(channels, weights)));
      }
  return y;
}

/** G g G^T for each filter and each channel. */
function transformedFilters(filter: Tensor): Matrix[][] {
  const [, , channels, filters] = filter.shape as [number, number, number, number];
  return sequence(filters, (f) =>
    sequence(channels, (c) => {
      const g = sequence(3, (k) => sequence(3, (l) => filter.at(k, l, c, f)));
      return between(G, g);
    }),
  );
}

/** B^T d B for each channel of the tile at row i and column j of image n. */
function transformedTile(image: Tensor, n: number, i: number, j: number): Matrix[] {
  return sequence(image.shape[3]!, (c) => {
    const d = sequence(4, (k) => sequence(4, (l) => image.at(n, i + k, j + l, c)));
    return between(transposed(B), d);
  });
}

function tileOf(channels: readonly Matrix[], weights: readonly Matrix[]): Matrix {
  const sums = sequence(4, (k) =>
    sequence(4, (l) =>
      channels.reduce((sum, tile, c) => sum + tile[k]![l]! * weights[c]![k]![l]!, 0),
    ),
  );
  return between(transposed(A), sums);
}

/** Writes as much of a tile as lies within y. */
function storeTile(
  y: Tensor,
  index: readonly [number, number, number, number],
  tile: Matrix,
): void {
  const [n, i, j, f] = index;
  const [, rows, columns] = y.shape as [number, number, number];
  tile.forEach((line, k) =>
    line.forEach((value, l) => {
      if (i + k < rows && j + l < columns) y.data[positionOf(y, [n, i + k, j + l, f])] = value;
    }),
  );
}

/** M x M^T. */
function between(m: Matrix, x: Matrix): Matrix {
  return product(product(m, x), transposed(m));
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)),
  );
}

function transposed(m: Matrix): Matrix {
  return m[0]!.map((_, j) => m.map((row) => row[j]!));
}

function sequence<T>(length: number, at: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => at(i));
}
