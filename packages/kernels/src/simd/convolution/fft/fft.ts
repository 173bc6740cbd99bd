import { windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { phasesOf } from '../adjoint';
import { directConv2d, directConv2dInputGradient } from '../direct';
import { convolveColumnsKernel } from './productKernels';
import { convolveSingleKernel } from './singleProductKernel';
import { PlanePair, type Rows } from './planePair';
import { pairsOf, placeOf, seenBy } from './tiles';
import { tilingOf } from './tiling';

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
  { x, out, filter, filterOfGroup }: Convolution,
): boolean {
  const { kernels, work } = context;
  const { input, output, groups } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const tiling = tilingOf(geometry)!;
  const [height, width] = [tiling.vertical.length, tiling.horizontal.length];
  const planes = new PlanePair(context, height, width);
  const bytes = planes.spectrumBytes;
  const weights = work.scratch(bytes * channels * filters);
  const images = work.scratch(bytes * channels);
  const one = channels === 1 && filters === 1;
  const results = one ? images : work.scratch(bytes * filters);
  const definition = { height, width, channels, filters };
  const { convolveColumns } = kernels.get(`fft convolve ${JSON.stringify(definition)}`, () => [
    one ? convolveSingleKernel(height, width) : convolveColumnsKernel(definition),
  ]);
  const [from, to] = [work.rowMajor(x), work.output(out)];
  const pairs = pairsOf(geometry, tiling);
  const filterAddress = work.locate(filter) - 4 * filter.offset;
  for (let group = 0; group < groups; group++) {
    const ofGroup = filterOfGroup(group);
    const address = filterAddress + 4 * ofGroup.offset;
    transformFilter(planes, geometry, { filter: ofGroup, address, to: weights });
    for (const pair of pairs) {
      let rows: Rows = { from: 0, to: 0 };
      for (let c = 0; c < channels; c++) {
        const channel = { address: from, channel: group * channels + c, size: input };
        const patches = pair.map((tile) => seenBy(tile, channel, geometry));
        rows = planes.forwardRows(patches, images + c * bytes);
      }
      convolveColumns!(images, weights, results, rows.from, rows.to, planes.columnTwiddles);
      for (let f = 0; f < filters; f++) {
        const channel = { address: to, channel: group * filters + f, size: output };
        const patches = pair.map((tile) => placeOf(tile, channel));
        planes.inverseRows(results + f * bytes, patches);
      }
    }
  }
  return planes.isFinite;
}

/** The spectra [filters, channels] of a filter of one group. */
function transformFilter(
  planes: PlanePair,
  { filter: size, dilations }: ConvGeometry,
  { filter, address, to }: { readonly filter: View; readonly address: number; readonly to: number },
): void {
  const [row, column, channel, output] = filter.strides.map((step) => 4 * step) as [
    number,
    number,
    number,
    number,
  ];
  const [, , channels, filters] = filter.shape as [number, number, number, number];
  const rows = { from: 0, at: 0, count: size.height, step: dilations.vertical };
  const columns = { from: 0, at: 0, count: size.width, step: dilations.horizontal };
  for (let f = 0; f < filters; f++) {
    for (let c = 0; c < channels; c++) {
      const start = address + c * channel + f * output;
      const grid = { address: start, rowStep: row, columnStep: column };
      const spectrum = to + (f * channels + c) * planes.spectrumBytes;
      const touched = planes.forwardRows([{ grid, rows, columns }], spectrum);
      planes.forwardColumns(spectrum, touched);
    }
  }
}
