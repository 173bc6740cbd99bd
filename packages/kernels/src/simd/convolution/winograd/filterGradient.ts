import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { filterSumsKernel, type TilesByTiles } from './filterSumsKernel';
import { coveredImages } from './images';
import { filterMatrix, inputMatrix, outputMatrix, tileProducts, transposed } from './matrices';
import { blockLayout, tileBlock, type TileBlock } from './tileBlock';
import { runsOf, tileGrid } from './tiles';
import { imageTransform, tileTransform } from './transform';

/** Tiles at a time: enough to make the sums in memory worth updating, few enough for the cache. */
const tilesAtOnce = 64;

/** The gradient of a filter [3, 3, channels, filters] at strides and dilations of 1, in one group. */
export function winogradConv2dFilterGradient(
  context: KernelContext,
  { dy, x, out }: { readonly dy: View; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { kernels, work } = context;
  const { input, output } = geometry;
  const [channels, filters] = [input.channels, output.channels];
  const grid = tileGrid(geometry);
  const pixels = tileBlock(context, channels, tilesAtOnce);
  const slopes = tileBlock(context, filters, tilesAtOnce);
  const sums = tileBlock(context, filters, channels);
  work.clear(sums.address, (tileProducts * sums.productBytes) / 4);
  const readPixels = imageTransform(context, {
    images: coveredImages(context, x, geometry),
    block: pixels,
    into: 'block',
    matrix: () => inputMatrix,
  });
  const readSlopes = imageTransform(context, {
    images: { ...output, address: work.rowMajor(dy) },
    block: slopes,
    into: 'block',
    matrix: (pixels) => transposed(outputMatrix.slice(0, pixels)),
  });
  const definition: TilesByTiles = {
    channels,
    filters,
    pixels: blockLayout(pixels),
    slopes: blockLayout(slopes),
    sums: blockLayout(sums),
  };
  const { accumulate } = kernels.get(`winograd accumulate ${JSON.stringify(definition)}`, () => [
    filterSumsKernel(definition),
  ]);
  for (let first = 0; first < grid.tiles; first += tilesAtOnce) {
    const count = Math.min(tilesAtOnce, grid.tiles - first);
    const runs = runsOf(grid, first, count);
    readPixels(runs);
    readSlopes(runs);
    accumulate!(pixels.address, slopes.address, sums.address, count);
  }
  writeGradient(context, sums, { to: work.output(out), channels, filters });
}

/** Transforms sums [product, channel, filters] into the gradient, row-major. */
function writeGradient(
  context: KernelContext,
  sums: TileBlock,
  { to, channels, filters }: { to: number; channels: number; filters: number },
): void {
  const matrix = transposed(filterMatrix);
  const tapBytes = 4 * channels * filters;
  const transform = tileTransform(context, {
    vertical: matrix,
    horizontal: matrix,
    channels: filters,
    from: blockLayout(sums),
    to: { row: matrix.length * tapBytes, column: tapBytes, tile: 4 * filters },
    exact: true,
  });
  transform(sums.address, to, channels);
}
