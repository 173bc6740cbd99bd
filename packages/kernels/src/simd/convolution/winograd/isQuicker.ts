import type { ConvGeometry } from '../../../convGeometry';
import { tileProducts, tileStep } from './matrices';

/** The pixels that a kernel computes, or for the filter gradient those that it sums over. */
type Pixels = Pick<ConvGeometry['output'], 'height' | 'width'>;

/*
 * What the transformations cost, measured in the time of a product of the direct kernels, for all
 * three kernels alike: 1 to 16 images of 4 to 56 pixels, 1 to 256 channels.
 */
const perChannelOfTile = 50;
const perWeight = 100;
const perCall = 250_000;

/** Whether Winograd's algorithm saves more products than its transformations cost. */
export function isQuicker(geometry: ConvGeometry, { height, width }: Pixels): boolean {
  if (!isPossible(geometry)) return false;
  const { batch, input, output, filter } = geometry;
  const tiles = batch * Math.ceil(height / tileStep) * Math.ceil(width / tileStep);
  const weights = input.channels * output.channels;
  const direct = batch * height * width * filter.height * filter.width * weights;
  const transformations =
    perChannelOfTile * tiles * (input.channels + output.channels) + perWeight * weights + perCall;
  return direct > tileProducts * tiles * weights + transformations;
}

/** Transforming a tile, and the filter, is only worth it for so many filters, and so many pixels. */
const fewestFilters = 16;
const fewestPixels = 256;

/** The same of images of one channel, where sums stay in registers. */
export function isQuickerForOneChannel(geometry: ConvGeometry): boolean {
  const { batch, input, output } = geometry;
  return (
    isPossible(geometry) &&
    input.channels === 1 &&
    output.channels >= fewestFilters &&
    batch * output.height * output.width >= fewestPixels
  );
}

/** Whether a convolution has a 3x3 filter, strides and dilations of 1, and one group. */
export function isPossible({ filter, strides, dilations, groups }: ConvGeometry): boolean {
  const steps = [strides.vertical, strides.horizontal, dilations.vertical, dilations.horizontal];
  return (
    filter.height === 3 && filter.width === 3 && groups === 1 && steps.every((step) => step === 1)
  );
}
