import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { tileColumns, tileRows } from '../../tile';
import { phasesOf } from '../adjoint';
import { coveredImages } from './images';
import { filterMatrix, inputMatrix, outputMatrix, tileProducts } from './matrices';
import { productsKernel, type TilesByFilter } from './productsKernel';
import { blockLayout, tileBlock, type TileBlock } from './tileBlock';
import { runsOf, tileGrid } from './tiles';
import { imageTransform, tileTransform } from './transform';

/** Bytes of transformed tiles and their sums at a time: a part of the second-level cache. */
const cachedBytes = 384 * 1024;
/** At least so many tiles at a time, to make use of the transformed filter. */
const fewestTiles = 16;

/** Convolution with a filter [3, 3, channels, filters] at strides and dilations of 1, in one group. */
export function winogradConv2d(
  context: KernelContext,
  { x, filter, out }: { readonly x: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { kernels, work } = context;
  const { input, output } = geometry;
  const [channels, filters] = [input.channels, output.channels];
  const grid = tileGrid(geometry);
  const tilesAtOnce = tilesThatFit(channels + filters);
  const pixels = tileBlock(context, channels, tilesAtOnce);
  const sums = tileBlock(context, filters, tilesAtOnce);
  const transformed = transformFilter(context, filter);
  const readTiles = imageTransform(context, {
    images: coveredImages(context, x, geometry),
    block: pixels,
    into: 'block',
    matrix: () => inputMatrix,
  });
  const writeTiles = imageTransform(context, {
    images: { ...output, address: work.output(out) },
    block: sums,
    into: 'images',
    matrix: (pixels) => outputMatrix.slice(0, pixels),
  });
  const definition: TilesByFilter = {
    channels,
    filters,
    tiles: blockLayout(pixels),
    filter: blockLayout(transformed),
    sums: blockLayout(sums),
  };
  const { multiply } = kernels.get(`winograd multiply ${JSON.stringify(definition)}`, () => [
    productsKernel(definition),
  ]);
  for (let first = 0; first < grid.tiles; first += tilesAtOnce) {
    const count = Math.min(tilesAtOnce, grid.tiles - first);
    const runs = runsOf(grid, first, count);
    readTiles(runs);
    multiply!(pixels.address, transformed.address, sums.address, Math.ceil(count / tileRows));
    writeTiles(runs);
  }
}

/** The input gradient of the same: at a stride of 1 it is one convolution of dy. */
export function winogradConv2dInputGradient(
  context: KernelContext,
  { dy, filter, out }: { readonly dy: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  for (const phase of phasesOf(geometry)) {
    const rotated = phase.filterOfGroup(filter, 0);
    winogradConv2d(context, { x: dy, filter: rotated, out }, phase.geometry);
  }
}

function tilesThatFit(channels: number): number {
  const most = cachedBytes / (4 * tileProducts * channels);
  return Math.max(fewestTiles, Math.floor(most / tileRows) * tileRows);
}

/** The filter, transformed, as panels [product, panel, channels, 8]. */
function transformFilter(context: KernelContext, filter: View): TileBlock {
  const [, width, channels, filters] = filter.shape as [number, number, number, number];
  const panels = Math.ceil(filters / tileColumns);
  const to = tileBlock(context, tileColumns, panels * channels);
  const rowBytes = 4 * filters;
  const tapBytes = channels * rowBytes;
  const transform = tileTransform(context, {
    vertical: filterMatrix,
    horizontal: filterMatrix,
    channels: tileColumns,
    from: { row: width * tapBytes, column: tapBytes, tile: rowBytes },
    to: blockLayout(to),
    exact: false,
  });
  const from = context.work.rowMajor(filter);
  const panelBytes = channels * to.tileBytes;
  for (let panel = 0; panel < panels; panel++) {
    // What the last panel reads behind the filter becomes sums that nobody writes.
    transform(from + 4 * tileColumns * panel, to.address + panel * panelBytes, channels);
  }
  return to;
}
