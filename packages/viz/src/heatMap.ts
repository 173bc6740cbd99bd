import { OptionError, tensor, type Tensor, type View } from '@gradus/tensor';
import { viridis, type ColorMap } from './colorMaps';
import { colorScale } from './colorScale';
import { readMatrix } from './matrix';
import { resolveRange, type ValueRange } from './valueRange';

/** How numbers become colours. */
export interface HeatMapOptions {
  /** Default `viridis`. */
  readonly colorMap?: ColorMap;
  /** The values at the ends of the colour map; default the smallest and largest value. */
  readonly range?: ValueRange;
  /** Pixels along each side of the square that one number becomes; default 1. */
  readonly cellSize?: number;
}

/**
 * A matrix as coloured squares. Values outside the range get the colour of the nearer end; those
 * that are not finite are magenta.
 * @param values `[height, width]`.
 * @returns `[height * cellSize, width * cellSize, 3]`.
 * @throws ShapeError if `values` is not a matrix or is empty.
 * @throws OptionError if the range or the size of a cell makes no sense.
 */
export function heatMap(values: View, options: HeatMapOptions = {}): Tensor<'uint8'> {
  const { colorMap = viridis, range, cellSize = 1 } = options;
  const matrix = readMatrix('heatMap', values);
  checkCellSize('heatMap', cellSize);
  const colorOf = colorScale(colorMap, resolveRange('heatMap', matrix.values, range));
  const [height, width] = [matrix.height * cellSize, matrix.width * cellSize];
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cellSize) * matrix.width;
    for (let x = 0; x < width; x++) {
      const color = colorOf(matrix.values[row + Math.floor(x / cellSize)]!);
      pixels.set(color, 3 * (y * width + x));
    }
  }
  return tensor(pixels, [height, width, 3]);
}

/** @throws OptionError naming `op` unless `cellSize` is a whole number from 1. */
export function checkCellSize(op: string, cellSize: number): void {
  if (Number.isSafeInteger(cellSize) && cellSize >= 1) return;
  throw new OptionError({
    op,
    expected: 'cellSize: a whole number of pixels, at least 1',
    received: `${cellSize}`,
  });
}
