import { windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext, Share } from '../../context';
import type { Workspace } from '../../memory/workspace';
import { inShares } from '../../threads/shares';
import { phasesOf } from '../adjoint';
import { directConv2d, directConv2dInputGradient } from '../direct';
import { convolveColumnsKernel } from './productKernels';
import { convolveSingleKernel } from './singleProductKernel';
import { PlanePair, type Rows } from './planePair';
import { pairsOf, placeOf, seenBy, type Tile } from './tiles';
import { productsOf, tilingOf } from './tiling';

/**
 * Convolution in the domain of frequencies, tile by tile: overlap-save. The transform of a correlation
 * is the product of one transform with the conjugate of the other, if the tile is as long as all that
 * its results see, so that what is cyclic about the product meets no result that is used. As x is
 * real and so is the kernel, two tiles can be the real and the imaginary part of one: the result's
 * parts are then the results of the two. A. Oppenheim, R. Schafer, "Discrete-time signal processing",
 * section 8.7.3.
 */
export function fftConv2d(
  context: KernelContext,
  operands: { readonly x: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { x, filter, out } = operands;
  const filters = geometry.output.channels / geometry.groups;
  const finite = convolve(context, geometry, {
    x,
    out,
    filter,
    filterOfGroup: (group) =>
      windowOn(filter, {
        shape: [...filter.shape.slice(0, 3), filters],
        strides: filter.strides,
        offset: filter.offset + group * filters * filter.strides[3]!,
      }),
  });
  if (!finite) directConv2d(context, operands, geometry);
}

/** The input gradient, for strides of 1: a convolution of dy with the rotated filter. */
export function fftConv2dInputGradient(
  context: KernelContext,
  operands: { readonly dy: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { dy, filter, out } = operands;
  const phase = phasesOf(geometry)[0]!;
  const finite = convolve(context, phase.geometry, {
    x: dy,
    out,
    filter,
    filterOfGroup: (group) => phase.filterOfGroup(filter, group),
  });
  if (!finite) directConv2dInputGradient(context, operands, geometry);
}

interface Convolution {
  readonly x: View;
  readonly out: View;
  readonly filter: View;
  /** The filter of a group, [height, width, channels, filters]. */
  readonly filterOfGroup: (group: number) => View;
}

/**
 * @returns whether all of the result is finite. What is not spreads over a whole tile, and to the image
 * that shares the transform; or numbers near the largest have overflown on the way.
 */
function convolve(
  context: KernelContext,
  geometry: ConvGeometry,
  convolution: Convolution,
): boolean {
  const { x, out, filter, filterOfGroup } = convolution;
  const { work } = context;
  const { groups } = geometry;
  const operands: Operands = {
    images: work.rowMajor(x),
    to: work.output(out),
    pairs: pairsOf(geometry, tilingOf(geometry)!),
    filterOfGroup: (group) => {
      const view = filterOfGroup(group);
      return { view, address: work.locate(filter) + 4 * (view.offset - filter.offset) };
    },
  };
  const task = { geometry, operands, desks: new Map<Workspace, Desk>() };
  // Of one group, filters and tiles are divided; of several, the groups.
  const used =
    groups === 1
      ? convolveGroups(context, task, { first: 0, count: 1 })
      : inShares(context, { count: groups, products: productsOf(geometry) }, (alone, share) =>
          convolveGroups(alone, task, share),
        ).flat();
  return used.every(({ isFinite }) => isFinite);
}

interface Operands {
  readonly images: number;
  readonly to: number;
  readonly pairs: readonly (readonly Tile[])[];
  readonly filterOfGroup: (group: number) => { readonly view: View; readonly address: number };
}

/** Where one thread works. */
interface Desk {
  readonly planes: PlanePair;
  /** Spectra of a pair of tiles [channels], and of its results [filters]. */
  readonly pixels: number;
  readonly results: number;
}

interface Task {
  readonly geometry: ConvGeometry;
  readonly operands: Operands;
  readonly desks: Map<Workspace, Desk>;
}

function deskOf(context: KernelContext, { geometry, desks }: Task): Desk {
  const known = desks.get(context.work);
  if (known !== undefined) return known;
  const { vertical, horizontal } = tilingOf(geometry)!;
  const planes = new PlanePair(context, vertical.length, horizontal.length);
  const { channels, filters } = channelsOf(geometry);
  const pixels = context.work.scratch(planes.spectrumBytes * channels);
  const inPlace = channels === 1 && filters === 1;
  const results = inPlace ? pixels : context.work.scratch(planes.spectrumBytes * filters);
  const desk = { planes, pixels, results };
  desks.set(context.work, desk);
  return desk;
}

/** @returns the planes that were used. */
function convolveGroups(context: KernelContext, task: Task, { first, count }: Share): PlanePair[] {
  const { geometry, operands } = task;
  const { channels, filters } = channelsOf(geometry);
  const { planes } = deskOf(context, task);
  const weights = context.work.scratch(planes.spectrumBytes * channels * filters);
  const products = productsOf(geometry) / geometry.groups;
  const used: PlanePair[] = [];
  for (let group = first; group < first + count; group++) {
    const transformed = inShares(context, { count: filters, products }, (alone, share) =>
      transformFilters(deskOf(alone, task).planes, geometry, {
        ...operands.filterOfGroup(group),
        ...{ share, to: weights },
      }),
    );
    const { pairs } = operands;
    const convolved = inShares(context, { count: pairs.length, products }, (alone, share) => {
      const some = pairs.slice(share.first, share.first + share.count);
      return convolvePairs(alone, task, { group, weights, pairs: some });
    });
    used.push(...transformed, ...convolved);
  }
  return used;
}

function channelsOf({ input, output, groups }: ConvGeometry) {
  return { channels: input.channels / groups, filters: output.channels / groups };
}

interface Pairs {
  readonly group: number;
  /** Spectra [filters, channels] of the filter. */
  readonly weights: number;
  readonly pairs: readonly (readonly Tile[])[];
}

function convolvePairs(context: KernelContext, task: Task, some: Pairs): PlanePair {
  const { geometry, operands } = task;
  const { input, output } = geometry;
  const { planes, pixels, results } = deskOf(context, task);
  const { group, weights, pairs } = some;
  const { channels, filters } = channelsOf(geometry);
  const { height, width, spectrumBytes: bytes } = planes;
  const definition = { height, width, channels, filters };
  const { convolveColumns } = context.kernels.get(
    `fft convolve ${JSON.stringify(definition)}`,
    () => [
      results === pixels ? convolveSingleKernel(height, width) : convolveColumnsKernel(definition),
    ],
  );
  for (const pair of pairs) {
    let rows: Rows = { from: 0, to: 0 };
    for (let c = 0; c < channels; c++) {
      const channel = { address: operands.images, channel: group * channels + c, size: input };
      const patches = pair.map((tile) => seenBy(tile, channel, geometry));
      rows = planes.forwardRows(patches, pixels + c * bytes);
    }
    convolveColumns!(pixels, weights, results, rows.from, rows.to, planes.columnTwiddles);
    for (let f = 0; f < filters; f++) {
      const channel = { address: operands.to, channel: group * filters + f, size: output };
      const patches = pair.map((tile) => placeOf(tile, channel));
      planes.inverseRows(results + f * bytes, patches);
    }
  }
  return planes;
}

interface Filters {
  /** The filter of a group, and where it lies. */
  readonly view: View;
  readonly address: number;
  readonly share: Share;
  /** Where the spectra [filters, channels] of all go. */
  readonly to: number;
}

/** The spectra of some filters of a group. */
function transformFilters(
  planes: PlanePair,
  { filter: size, dilations }: ConvGeometry,
  { view, address, share, to }: Filters,
): PlanePair {
  const [row, column, channel, output] = view.strides.map((step) => 4 * step) as [
    number,
    number,
    number,
    number,
  ];
  const channels = view.shape[2]!;
  const rows = { from: 0, at: 0, count: size.height, step: dilations.vertical };
  const columns = { from: 0, at: 0, count: size.width, step: dilations.horizontal };
  for (let f = share.first; f < share.first + share.count; f++) {
    for (let c = 0; c < channels; c++) {
      const start = address + c * channel + f * output;
      const grid = { address: start, rowStep: row, columnStep: column };
      const spectrum = to + (f * channels + c) * planes.spectrumBytes;
      const touched = planes.forwardRows([{ grid, rows, columns }], spectrum);
      planes.forwardColumns(spectrum, touched);
    }
  }
  return planes;
}
