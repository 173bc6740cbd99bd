import { windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { packPanels } from '../../matMul/pack';
import { tileColumns, tileRows } from '../../tile';
import { phasesOf } from '../adjoint';
import { padImages } from '../padding';
import { paddedSize } from '../windows';
import { filterMatrix, inputMatrix, outputMatrix, tileProducts, tileSize, tileStep } from './matrices';
import { productsKernel, type TileByFilter } from './productsKernel';
import { runsOf, tileGrid, type Run, type TileGrid } from './tiles';
import { transformKernel, type Transform } from './transformKernel';

/** Bytes of transformed tiles and their sums at a time: a part of the second-level cache. */
const cachedBytes = Number(process.env.CB ?? 512) * 1024;
const fewestTiles = Number(process.env.FT ?? 16);
const skew = Number(process.env.SK ?? 64);

/** A convolution with a 3x3 filter by Winograd's algorithm. */
export function winogradConv2d(
  context: KernelContext,
  { x, filter, out }: { readonly x: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { work } = context;
  const { input: { channels }, output } = geometry;
  const filters = output.channels;
  const grid = tileGrid(geometry);
  const tiles = grid.batch * grid.height * grid.width;
  const covering = { ...geometry, output: { ...output, height: grid.height * tileStep, width: grid.width * tileStep } };
  const images = padImages(context, x, covering);
  const padded = paddedSize(covering);
  const block = tilesAtOnce(channels, filters);
  const [tileBytes, sumBytes] = [16 * Math.ceil(channels / 4), 16 * Math.ceil(filters / 4)];
  const panelChannels = Math.ceil(filters / tileColumns) * channels;
  const definition: TileByFilter = {
    channels,
    filters,
    tiles: { tile: tileBytes, product: block * tileBytes + skew },
    filter: { product: 4 * tileColumns * panelChannels },
    sums: { tile: sumBytes, product: block * sumBytes + skew },
  };
  const transformedFilter = transformFilter(context, filter);
  const transformed = work.scratch(tileProducts * definition.tiles.product);
  const sums = work.scratch(tileProducts * definition.sums.product);
  const to = work.output(out);
  const { multiply } = context.kernels.get(`winograd ${JSON.stringify(definition)}`, () => [productsKernel(definition)]);
  const pixel = 4 * channels;
  const row = padded.width * pixel;
  const gather = transformOf(context, {
    vertical: inputMatrix, horizontal: inputMatrix, channels, exact: false,
    from: { row, column: pixel, tile: tileStep * pixel },
    to: { row: tileSize * definition.tiles.product, column: definition.tiles.product, tile: tileBytes },
  });
  const outPixel = 4 * filters;
  const outRow = output.width * outPixel;
  const scatter = [1, 2].map((r) => [1, 2].map((c) => transformOf(context, {
    vertical: outputMatrix.slice(0, r), horizontal: outputMatrix.slice(0, c), channels: filters, exact: true,
    from: { row: tileSize * definition.sums.product, column: definition.sums.product, tile: sumBytes },
    to: { row: outRow, column: outPixel, tile: tileStep * outPixel },
  })));
  const prof = (globalThis as any).prof as number[] | undefined;
  for (let first = 0; first < tiles; first += block) {
    const count = Math.min(block, tiles - first);
    const runs = runsOf(grid, first, count);
    const t0 = prof ? performance.now() : 0;
    for (const run of runs) {
      gather(images + ((run.image * padded.height + run.row * tileStep) * padded.width + run.column * tileStep) * pixel, transformed + run.before * tileBytes, run.tiles);
    }
    const t1 = prof ? performance.now() : 0;
    multiply!(transformed, transformedFilter, sums, Math.ceil(count / tileRows));
    const t2 = prof ? performance.now() : 0;
    for (const run of runs) {
      scatter[run.pixelRows - 1]![run.pixelColumns - 1]!(sums + run.before * sumBytes, to + ((run.image * output.height + run.row * tileStep) * output.width + run.column * tileStep) * outPixel, run.tiles);
    }
    if (prof) { const t3 = performance.now(); prof[0]! += t1 - t0; prof[1]! += t2 - t1; prof[2]! += t3 - t2; }
  }
}

export function winogradConv2dInputGradient(
  context: KernelContext,
  { dy, filter, out }: { readonly dy: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const [phase] = phasesOf(geometry);
  winogradConv2d(context, { x: dy, filter: phase!.filterOfGroup(filter, 0), out }, phase!.geometry);
}

function transformOf({ kernels }: KernelContext, definition: Transform) {
  return kernels.get(`tiles ${JSON.stringify(definition)}`, () => [transformKernel(definition)]).transform!;
}

function tilesAtOnce(channels: number, filters: number): number {
  const tile = 16 * tileProducts * (Math.ceil(channels / 4) + Math.ceil(filters / 4));
  return Math.max(fewestTiles, Math.floor(cachedBytes / tile / tileRows) * tileRows);
}

/** The filter [3, 3, channels, filters] as 16 times panels [panel, channels, 8]. */
function transformFilter(context: KernelContext, filter: View): number {
  const [height, width, channels, filters] = filter.shape as [number, number, number, number];
  const { work } = context;
  const panelBytes = 4 * tileColumns;
  const lines = Math.ceil(filters / tileColumns) * channels;
  const taps = work.scratch(height * width * lines * panelBytes);
  const at = work.locate(filter);
  for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) {
    packPanels(context, { address: at + 4 * (i * filter.strides[0]! + j * filter.strides[1]!), lineStep: filter.strides[3]!, elementStep: filter.strides[2]!, lines: filters, length: channels, width: tileColumns }, taps + (i * width + j) * lines * panelBytes);
  }
  const to = work.scratch(tileProducts * lines * panelBytes);
  const plane = lines * panelBytes;
  transformOf(context, {
    vertical: filterMatrix, horizontal: filterMatrix, channels: tileColumns, exact: false,
    from: { row: width * plane, column: plane, tile: panelBytes },
    to: { row: tileSize * plane, column: plane, tile: panelBytes },
  })(taps, to, lines);
  return to;
}
