import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import { inShares } from '../threads/shares';
import { tileColumns } from '../tile';
import { filterGradientKernel, unpackKernel, type FilterGradient } from './filterGradientKernel';
import { padImages } from './padding';
import { windowsOf, type Run } from './windows';

/** Bytes of x and dy to go through for all taps before going on: they stay in the first-level cache. */
const cachedBytes = 24 * 1024;

/** The filter gradient by sums over output pixels, with x and dy where they are. */
export function directConv2dFilterGradient(
  context: KernelContext,
  { dy, x, out }: { readonly dy: View; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { batch, output, groups, filter, input } = geometry;
  const filters = output.channels / groups;
  const outputs = filter.height * filter.width * (input.channels / groups) * filters;
  const products = batch * output.height * output.width * outputs;
  const operands: Operands = {
    images: padImages(context, x, geometry),
    slopes: context.work.rowMajor(dy),
    to: context.work.output(out),
  };
  const byFilters = filters >= 2 * tileColumns;
  const extent = byFilters
    ? { count: filters, step: tileColumns, products }
    : { count: filter.height, products };
  for (let group = 0; group < groups; group++) {
    const whole = { group, filter: 0, filters, row: 0, rows: filter.height };
    inShares(context, extent, (alone, { first, count }) => {
      const share = byFilters ? { filter: first, filters: count } : { row: first, rows: count };
      sumPart(alone, operands, geometry, { ...whole, ...share });
    });
  }
}

/** Addresses. */
interface Operands {
  readonly images: number;
  readonly slopes: number;
  readonly to: number;
}

/** Some filters of a group, and some rows of their taps. */
interface Part {
  readonly group: number;
  readonly filter: number;
  readonly filters: number;
  readonly row: number;
  readonly rows: number;
}

function sumPart(
  { kernels, work }: KernelContext,
  { images, slopes, to }: Operands,
  geometry: ConvGeometry,
  { group, filter, filters, row, rows }: Part,
): void {
  const { batch, input, output, groups } = geometry;
  const channels = input.channels / groups;
  const windows = windowsOf(geometry);
  const [runs, ...others] = windows.runs as [Run, ...Run[]];
  const pixel = 4 * output.channels;
  const dy = { pixel, row: output.width * pixel };
  const definition: FilterGradient = {
    windows: { ...windows, runs: [{ ...runs, count: rows }, ...others] },
    filters,
    dy,
  };
  const { accumulate } = kernels.get(`filterGradient ${JSON.stringify(definition)}`, () => [
    filterGradientKernel(definition),
  ]);
  const { unpack } = kernels.get(`unpack ${filters} ${pixel}`, () => [
    unpackKernel(filters, pixel),
  ]);
  const tapsOfRow = geometry.filter.width * channels;
  const panelElements = rows * tapsOfRow * Math.ceil(filters / tileColumns) * tileColumns;
  const sums = work.scratch(4 * panelElements);
  work.clear(sums, panelElements);
  const firstFilter = 4 * ((group * output.channels) / groups + filter);
  const seen = images + 4 * group * channels + row * runs.step;
  const rowsAtOnce = Math.max(1, Math.floor(cachedBytes / (windows.rowStep + dy.row)));
  for (let image = 0; image < batch; image++) {
    const from = seen + image * windows.imageStep;
    const slope = slopes + image * output.height * dy.row + firstFilter;
    for (let first = 0; first < output.height; first += rowsAtOnce) {
      const rowsNow = Math.min(rowsAtOnce, output.height - first);
      accumulate!(from + first * windows.rowStep, slope + first * dy.row, sums, rowsNow);
    }
  }
  unpack!(sums, to + firstFilter + row * tapsOfRow * pixel, rows * tapsOfRow);
}
