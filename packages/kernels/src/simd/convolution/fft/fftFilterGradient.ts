import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { directConv2dFilterGradient } from '../filterGradient';
import { correlateColumnsKernel } from './productKernels';
import { PlanePair, type Rows } from './planePair';
import { pairsOf, placeOf, seenBy, type Channel } from './tiles';
import { tilingOf } from './tiling';

/**
 * The filter gradient in the domain of frequencies: over all tiles, the sum of the correlations of what
 * a tile sees of x with the tile of dy. Only the sum of the products is transformed back.
 *
 * Two tiles are again the real and the imaginary part of one, and nothing has to be taken apart: the
 * correlation of x1 + i x2 with d1 + i d2 is, with the conjugate that belongs to it,
 *
 *     (x1 + i x2)(d1 - i d2) = (x1 d1 + x2 d2) + i (x2 d1 - x1 d2),
 *
 * where each product is a correlation of real signals, so real itself. The real part is what is wanted.
 */
export function fftConv2dFilterGradient(
  context: KernelContext,
  operands: { readonly dy: View; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { work } = context;
  const { dy, x, out } = operands;
  const tiling = tilingOf(geometry)!;
  const planes = new PlanePair(context, tiling.vertical.length, tiling.horizontal.length);
  const { input, output, groups } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const pairs = pairsOf(geometry, tiling);
  const spectra = spectraOf(context, planes, { channels, filters });
  const [images, slopes] = [work.rowMajor(x), work.rowMajor(dy)];
  const to = work.output(out);
  for (let group = 0; group < groups; group++) {
    work.clear(spectra.sums, (planes.spectrumBytes / 4) * channels * filters);
    for (const pair of pairs) {
      let [xRows, dyRows]: Rows[] = [];
      for (let c = 0; c < channels; c++) {
        const channel: Channel = { address: images, channel: group * channels + c, size: input };
        const patches = pair.map((tile) => seenBy(tile, channel, geometry));
        xRows = planes.forwardRows(patches, spectra.x + c * planes.spectrumBytes);
      }
      for (let f = 0; f < filters; f++) {
        const channel: Channel = { address: slopes, channel: group * filters + f, size: output };
        const patches = pair.map((tile) => placeOf(tile, channel));
        dyRows = planes.forwardRows(patches, spectra.dy + f * planes.spectrumBytes);
      }
      spectra.correlate(xRows!, dyRows!);
    }
    copyGradients(planes, geometry, { sums: spectra.sums, to: to + 4 * group * filters });
  }
  if (!planes.isFinite) directConv2dFilterGradient(context, operands, geometry);
}

function spectraOf(
  { kernels, work }: KernelContext,
  { height, width, spectrumBytes, columnTwiddles }: PlanePair,
  { channels, filters }: { readonly channels: number; readonly filters: number },
) {
  const x = work.scratch(spectrumBytes * channels);
  const dy = work.scratch(spectrumBytes * filters);
  const sums = work.scratch(spectrumBytes * channels * filters);
  const definition = { height, width, channels, filters };
  const { correlateColumns } = kernels.get(`fft correlate ${JSON.stringify(definition)}`, () => [
    correlateColumnsKernel(definition),
  ]);
  const correlate = (xRows: Rows, dyRows: Rows): void =>
    correlateColumns!(x, dy, sums, xRows.from, xRows.to, dyRows.from, dyRows.to, columnTwiddles);
  return { x, dy, sums, correlate };
}

interface Gradients {
  /** Spectra [filters, channels]. */
  readonly sums: number;
  readonly to: number;
}

/** Transforms the sums of one group back, and copies the taps that there are. */
function copyGradients(
  planes: PlanePair,
  { input, output, groups, filter, dilations }: ConvGeometry,
  { sums, to }: Gradients,
): void {
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const columnStep = 4 * channels * output.channels;
  const rowStep = filter.width * columnStep;
  const rows = { from: 0, at: 0, count: filter.height, step: dilations.vertical };
  const columns = { from: 0, at: 0, count: filter.width, step: dilations.horizontal };
  for (let f = 0; f < filters; f++) {
    for (let c = 0; c < channels; c++) {
      const spectrum = sums + (f * channels + c) * planes.spectrumBytes;
      const address = to + 4 * (c * output.channels + f);
      planes.inverseColumns(spectrum);
      planes.inverseRows(spectrum, [{ grid: { address, rowStep, columnStep }, rows, columns }]);
    }
  }
}
