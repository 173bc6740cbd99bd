import type { ConvGeometry } from '../../../convGeometry';
import { isDepthwise } from '../depthwise';
import { tilingOf } from './tiling';

/** Bytes that the spectra of one group may take: beyond, they come from memory again and again. */
const mostBytes = 2 ** 24;

/*
 * Multiplications and additions that a sum over windows does while a number goes through a pass of a
 * transform. Measured for images of 32x32 to 256x256, batches of 1 to 8, kernels of 5x5 to 32x32, and
 * one to 16 channels.
 */
const oneKernelPace = 10;
const densePace = 16;
/** With few results for each pixel, part of the vectors is empty. */
const densePaceOfResult = 3;

/**
 * Whether transforms are quicker than sums over windows.
 * @param results numbers that are computed for each pixel in a group of channels.
 */
export function isQuicker(geometry: ConvGeometry, results: number): boolean {
  const { batch, input, output, filter, groups, strides } = geometry;
  if (strides.vertical !== 1 || strides.horizontal !== 1) return false;
  const tiling = tilingOf(geometry);
  if (tiling === undefined) return false;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const { vertical, horizontal, work } = tiling;
  const spectra = channels + filters + channels * filters;
  if (8 * vertical.length * horizontal.length * spectra > mostBytes) return false;
  const pixels = batch * output.height * output.width;
  const flops = 2 * pixels * filter.height * filter.width * channels * output.channels;
  const dense = Math.min(densePace, densePaceOfResult * results);
  return flops > work * (isDepthwise(geometry) ? oneKernelPace : dense);
}
