import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../../convGeometry';
import type { KernelContext } from '../../context';
import { inShares } from '../../threads/shares';
import { directConv2dFilterGradient } from '../filterGradient';
import { correlateColumnsKernel } from './productKernels';
import { PlanePair, type Rows } from './planePair';
import { pairsOf, placeOf, seenBy, type Channel } from './tiles';
import { productsOf, tilingOf } from './tiling';

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
  const { dy, x, out } = operands;
  const { groups, output } = geometry;
  const addresses: Addresses = {
    images: context.work.rowMajor(x),
    slopes: context.work.rowMajor(dy),
    to: context.work.output(out),
  };
  const products = productsOf(geometry);
  // Of one group, the filters are divided; of several, the groups.
  const used =
    groups === 1
      ? inShares(context, { count: output.channels, products }, (alone, { first, count }) =>
          sumTiles(alone, addresses, geometry, {
            group: 0,
            groups: 1,
            filter: first,
            filters: count,
          }),
        )
      : inShares(context, { count: groups, products }, (alone, { first, count }) => {
          const filters = output.channels / groups;
          return sumTiles(alone, addresses, geometry, {
            group: first,
            groups: count,
            filter: 0,
            filters,
          });
        });
  if (!used.every(({ isFinite }) => isFinite))
    directConv2dFilterGradient(context, operands, geometry);
}

interface Addresses {
  readonly images: number;
  readonly slopes: number;
  readonly to: number;
}

/** Some groups, and some filters of each. */
interface Part {
  readonly group: number;
  readonly groups: number;
  readonly filter: number;
  readonly filters: number;
}

/** @returns the planes that were used. */
function sumTiles(
  context: KernelContext,
  { images, slopes, to }: Addresses,
  geometry: ConvGeometry,
  { group: firstGroup, groups, filter, filters }: Part,
): PlanePair {
  const { input, output } = geometry;
  const tiling = tilingOf(geometry)!;
  const planes = new PlanePair(context, tiling.vertical.length, tiling.horizontal.length);
  const channels = input.channels / geometry.groups;
  const filtersOfGroup = output.channels / geometry.groups;
  const pairs = pairsOf(geometry, tiling);
  const spectra = spectraOf(context, planes, { channels, filters });
  for (let group = firstGroup; group < firstGroup + groups; group++) {
    const firstFilter = group * filtersOfGroup + filter;
    context.work.clear(spectra.sums, (planes.spectrumBytes / 4) * channels * filters);
    for (const pair of pairs) {
      let [xRows, dyRows]: Rows[] = [];
      for (let c = 0; c < channels; c++) {
        const channel: Channel = { address: images, channel: group * channels + c, size: input };
        const patches = pair.map((tile) => seenBy(tile, channel, geometry));
        xRows = planes.forwardRows(patches, spectra.x + c * planes.spectrumBytes);
      }
      for (let f = 0; f < filters; f++) {
        const channel: Channel = { address: slopes, channel: firstFilter + f, size: output };
        const patches = pair.map((tile) => placeOf(tile, channel));
        dyRows = planes.forwardRows(patches, spectra.dy + f * planes.spectrumBytes);
      }
      spectra.correlate(xRows!, dyRows!);
    }
    copyGradients(planes, geometry, { sums: spectra.sums, to: to + 4 * firstFilter, filters });
  }
  return planes;
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
  readonly filters: number;
}

/** Transforms the sums of one group back, and copies the taps that there are. */
function copyGradients(
  planes: PlanePair,
  { input, output, groups, filter, dilations }: ConvGeometry,
  { sums, to, filters }: Gradients,
): void {
  const channels = input.channels / groups;
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
