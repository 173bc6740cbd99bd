import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext, Share } from '../../context';
import { inShares } from '../../threads/shares';
import { tileRows } from '../../tile';
import { phasesOf } from '../adjoint';
import { coveredImages, type Images } from './images';
import { inputMatrix, outputMatrix, tileProducts } from './matrices';
import { productsKernel, type TilesByFilter } from './productsKernel';
import { blockLayout, tileBlock, type TileBlock } from './tileBlock';
import { runsOf, tileGrid } from './tiles';
import { imageTransform } from './transform';
import { transformFilter } from './transformFilter';

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
  const { output } = geometry;
  const { tiles } = tileGrid(geometry);
  const operands: Operands = {
    images: coveredImages(context, x, geometry),
    filter: transformFilter(context, filter),
    out: { ...output, address: context.work.output(out) },
  };
  const products = tileProducts * tiles * geometry.input.channels * output.channels;
  inShares(context, { count: tiles, step: tileRows, products }, (alone, share) =>
    convolveTiles(alone, operands, geometry, share),
  );
}

interface Operands {
  readonly images: Images;
  /** The transformed filter. */
  readonly filter: TileBlock;
  readonly out: Images;
}

function convolveTiles(
  context: KernelContext,
  { images, filter, out }: Operands,
  geometry: ConvGeometry,
  share: Share,
): void {
  const [channels, filters] = [images.channels, out.channels];
  const grid = tileGrid(geometry);
  const tilesAtOnce = tilesThatFit(channels + filters);
  const pixels = tileBlock(context, channels, tilesAtOnce);
  const sums = tileBlock(context, filters, tilesAtOnce);
  const readTiles = imageTransform(context, {
    images,
    block: pixels,
    into: 'block',
    matrix: () => inputMatrix,
  });
  const writeTiles = imageTransform(context, {
    images: out,
    block: sums,
    into: 'images',
    matrix: (pixels) => outputMatrix.slice(0, pixels),
  });
  const definition: TilesByFilter = {
    channels,
    filters,
    tiles: blockLayout(pixels),
    filter: blockLayout(filter),
    sums: blockLayout(sums),
  };
  const { multiply } = context.kernels.get(
    `winograd multiply ${JSON.stringify(definition)}`,
    () => [productsKernel(definition)],
  );
  const end = share.first + share.count;
  for (let first = share.first; first < end; first += tilesAtOnce) {
    const count = Math.min(tilesAtOnce, end - first);
    const runs = runsOf(grid, first, count);
    readTiles(runs);
    multiply!(pixels.address, filter.address, sums.address, Math.ceil(count / tileRows));
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
