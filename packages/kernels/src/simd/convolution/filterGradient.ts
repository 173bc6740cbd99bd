import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import { tileColumns } from '../tile';
import { filterGradientKernel, unpackKernel, type FilterGradient } from './filterGradientKernel';
import { padImages } from './padding';
import { windowsOf } from './windows';

/** Bytes of x and dy to go through for all taps before going on: they stay in the first-level cache. */
const cachedBytes = 24 * 1024;

/** The filter gradient by sums over output pixels, with x and dy where they are. */
export function directConv2dFilterGradient(
  context: KernelContext,
  { dy, x, out }: { readonly dy: View; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { kernels, work } = context;
  const { batch, input, output, groups, filter } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const taps = filter.height * filter.width * channels;
  const images = padImages(context, x, geometry);
  const slopes = work.rowMajor(dy);
  const to = work.output(out);
  const panelElements = taps * Math.ceil(filters / tileColumns) * tileColumns;
  const sums = work.scratch(4 * panelElements);
  const pixel = 4 * output.channels;
  const row = output.width * pixel;
  const windows = windowsOf(geometry);
  const definition: FilterGradient = { windows, filters, dy: { pixel, row } };
  const { accumulate } = kernels.get(`filterGradient ${JSON.stringify(definition)}`, () => [
    filterGradientKernel(definition),
  ]);
  const { unpack } = kernels.get(`unpack ${filters} ${pixel}`, () => [
    unpackKernel(filters, pixel),
  ]);
  const rowsAtOnce = Math.max(1, Math.floor(cachedBytes / (windows.rowStep + row)));
  for (let group = 0; group < groups; group++) {
    work.clear(sums, panelElements);
    for (let image = 0; image < batch; image++) {
      const from = images + image * windows.imageStep + 4 * group * channels;
      const slope = slopes + image * output.height * row + 4 * group * filters;
      for (let first = 0; first < output.height; first += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, output.height - first);
        accumulate!(from + first * windows.rowStep, slope + first * row, sums, rows);
      }
    }
    unpack!(sums, to + 4 * group * filters, taps);
  }
}
