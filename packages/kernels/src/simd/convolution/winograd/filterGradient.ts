import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext, Share } from '../../context';
import { inShares } from '../../threads/shares';
import { tileColumns } from '../../tile';
import { filterSumsKernel, type TilesByTiles } from './filterSumsKernel';
import { coveredImages, type Images } from './images';
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
  const { work } = context;
  const { tiles } = tileGrid(geometry);
  const { input, output } = geometry;
  const operands: Operands = {
    images: coveredImages(context, x, geometry),
    slopes: { ...output, address: work.rowMajor(dy) },
    to: work.output(out),
  };
  const products = tileProducts * tiles * input.channels * output.channels;
  const extent = { count: output.channels, step: tileColumns, products };
  inShares(context, extent, (alone, share) => sumTiles(alone, operands, geometry, share));
}

interface Operands {
  readonly images: Images;
  readonly slopes: Images;
  readonly to: number;
}

/** The gradients of some filters. */
function sumTiles(
  context: KernelContext,
  { images, slopes, to }: Operands,
  geometry: ConvGeometry,
  share: Share,
): void {
  const { kernels, work } = context;
  const [channels, filters] = [images.channels, share.count];
  const grid = tileGrid(geometry);
  const pixelTiles = tileBlock(context, channels, tilesAtOnce);
  const slopeTiles = tileBlock(context, filters, tilesAtOnce);
  const sums = tileBlock(context, filters, channels);
  work.clear(sums.address, (tileProducts * sums.productBytes) / 4);
  const readPixels = imageTransform(context, {
    images,
    block: pixelTiles,
    into: 'block',
    matrix: () => inputMatrix,
  });
  const readSlopes = imageTransform(context, {
    images: slopes,
    channels: share,
    block: slopeTiles,
    into: 'block',
    matrix: (pixels) => transposed(outputMatrix.slice(0, pixels)),
  });
  const definition: TilesByTiles = {
    channels,
    filters,
    pixels: blockLayout(pixelTiles),
    slopes: blockLayout(slopeTiles),
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
    accumulate!(pixelTiles.address, slopeTiles.address, sums.address, count);
  }
  const gradient = { address: to + 4 * share.first, channels, row: 4 * slopes.channels };
  writeGradient(context, sums, { filters, ...gradient });
}

interface Gradient {
  readonly address: number;
  readonly channels: number;
  readonly filters: number;
  /** Bytes from the weights of a channel to those of the next one. */
  readonly row: number;
}

/** Transforms sums [product, channel, filters] into the gradient. */
function writeGradient(
  context: KernelContext,
  sums: TileBlock,
  { address, channels, filters, row }: Gradient,
): void {
  const matrix = transposed(filterMatrix);
  const tapBytes = channels * row;
  const transform = tileTransform(context, {
    vertical: matrix,
    horizontal: matrix,
    channels: filters,
    from: blockLayout(sums),
    to: { row: matrix.length * tapBytes, column: tapBytes, tile: row },
    exact: true,
  });
  transform(sums.address, address, channels);
}
