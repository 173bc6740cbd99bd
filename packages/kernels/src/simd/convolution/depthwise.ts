import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import { phasesOf, rotated } from './adjoint';
import { inImageParts } from '../threads/imageParts';
import { inShares } from '../threads/shares';
import { depthwiseGradientKernel, type DepthwiseGradient } from './depthwiseGradientKernel';
import { depthwiseKernel, type DepthwiseConvolution } from './depthwiseKernel';
import type { ConvOperands } from './operands';
import { padImages } from './padding';
import { paddedSize } from './windows';

/**
 * Whether each channel has one kernel of its own, and windows begin at neighbouring pixels. Kernels
 * for many channels whose number is no multiple of four would be too long.
 */
export function isDepthwise({ input, output, groups, strides }: ConvGeometry): boolean {
  const channels = input.channels;
  const regular = channels % 4 === 0 || channels <= 16;
  return regular && channels === groups && output.channels === groups && strides.horizontal === 1;
}

/** Convolution with one kernel for each channel; with one channel, of a plane. */
export function depthwiseConv2d(
  context: KernelContext,
  { x, filter, out, epilogue = {} }: ConvOperands['conv2d'],
  geometry: ConvGeometry,
): void {
  const { work } = context;
  const { batch, input, output, strides, dilations, filter: size } = geometry;
  const { height, width } = paddedSize(geometry);
  const channels = input.channels;
  const row = 4 * width * channels;
  const definition: DepthwiseConvolution = {
    rowLength: output.width * channels,
    rows: output.height,
    period: leastCommonMultiple(channels, 4),
    kernel: size,
    relu: epilogue.relu ?? false,
    x: {
      tapRow: dilations.vertical * row,
      tapColumn: 4 * dilations.horizontal * channels,
      row: strides.vertical * row,
      image: height * row,
    },
  };
  const images = padImages(context, x, geometry);
  const weights = repeatWeights(context, filter, epilogue.bias, definition.period);
  const to = work.output(out);
  const { rows: rowsOfImage, rowLength } = definition;
  const results = batch * rowsOfImage * rowLength;
  const extent = { batch, height: rowsOfImage, products: results * size.height * size.width };
  inImageParts(context, extent, ({ kernels }, { image, images: count, row: first, rows }) => {
    const part = { ...definition, rows };
    const { convolve } = kernels.get(`depthwise ${JSON.stringify(part)}`, () => [
      depthwiseKernel(part),
    ]);
    const from = images + image * definition.x.image + first * definition.x.row;
    convolve!(from, weights, to + 4 * (image * rowsOfImage + first) * rowLength, count);
  });
}

/** The input gradient, for strides of 1: the same with the kernels rotated by half a turn. */
export function depthwiseConv2dInputGradient(
  context: KernelContext,
  { dy, filter, out }: { readonly dy: View; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const [phase] = phasesOf(geometry);
  depthwiseConv2d(context, { x: dy, filter: rotated(filter), out }, phase!.geometry);
}

/** Bytes of x and dy to go through for all taps before going on: they stay in the first-level cache. */
const cachedBytes = 24 * 1024;

/** The filter gradient: for each tap, the sum of the products of dy with x shifted by it. */
export function depthwiseConv2dFilterGradient(
  context: KernelContext,
  { dy, x, out }: { readonly dy: View; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
): void {
  const { work } = context;
  const { batch, input, output, strides, dilations, filter: kernel } = geometry;
  const { height, width } = paddedSize(geometry);
  const channels = input.channels;
  const row = 4 * width * channels;
  const rowLength = output.width * channels;
  const definition: DepthwiseGradient = {
    rowLength,
    period: leastCommonMultiple(channels, 4),
    kernel,
    x: {
      tapRow: dilations.vertical * row,
      tapColumn: 4 * dilations.horizontal * channels,
      row: strides.vertical * row,
    },
  };
  const images = padImages(context, x, geometry);
  const slopes = work.rowMajor(dy);
  const to = work.output(out);
  const taps = kernel.height * kernel.width;
  const sums = work.scratch(4 * taps * definition.period);
  const rowsAtOnce = Math.max(
    1,
    Math.floor(cachedBytes / (strides.vertical * row + 4 * rowLength)),
  );
  const products = batch * output.height * rowLength * taps;
  inShares(context, { count: kernel.height, products }, (alone, { first: tapRow, count }) => {
    const part = { ...definition, kernel: { ...kernel, height: count } };
    const { accumulate } = alone.kernels.get(`depthwise gradient ${JSON.stringify(part)}`, () => [
      depthwiseGradientKernel(part),
    ]);
    const period = kernel.width * definition.period;
    const sumsOfPart = sums + 4 * tapRow * period;
    alone.work.clear(sumsOfPart, count * period);
    const seen = images + tapRow * definition.x.tapRow;
    for (let image = 0; image < batch; image++) {
      const [from, slope] = [image * height * row, image * output.height * 4 * rowLength];
      for (let first = 0; first < output.height; first += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, output.height - first);
        accumulate!(
          seen + from + first * definition.x.row,
          slopes + slope + first * 4 * rowLength,
          sumsOfPart,
          rows,
        );
      }
    }
  });
  const periods = work.floats(sums, taps * definition.period);
  work.floats(to, taps * channels).set(sumByChannel(periods, taps, channels));
}

/** Adds up the numbers of each tap that belong to the same channel. */
function sumByChannel(periods: Float32Array, taps: number, channels: number): Float64Array {
  const totals = new Float64Array(taps * channels);
  const period = periods.length / taps;
  periods.forEach((value, i) => {
    const tap = Math.floor(i / period);
    totals[tap * channels + ((i % period) % channels)]! += value;
  });
  return totals;
}

/** The address of the bias, or zeros, and the weights of each tap, repeated to the length of a period. */
function repeatWeights(
  { work }: KernelContext,
  filter: View,
  bias: View | undefined,
  period: number,
): number {
  const [height, width, , channels] = filter.shape as [number, number, number, number];
  const taps = height * width;
  const address = work.scratch(4 * (1 + taps) * period);
  const [fromFilter, fromBias] = [work.rowMajor(filter), bias && work.rowMajor(bias)];
  // Windows on the memory come last: it grows with what is located, and then they are void.
  const repeated = work.floats(address, (1 + taps) * period).fill(0, 0, period);
  const repeat = (from: number, rows: number, to: number): void => {
    const numbers = work.floats(from, rows * channels);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < period; i++) {
        repeated[(to + row) * period + i] = numbers[row * channels + (i % channels)]!;
      }
    }
  };
  if (fromBias !== undefined) repeat(fromBias, 1, 0);
  repeat(fromFilter, taps, 1);
  return address;
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
