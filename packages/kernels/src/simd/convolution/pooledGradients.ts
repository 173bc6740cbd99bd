import { sizeOf, type View } from '@gradus/tensor';
import { convOutputShape, type ConvGeometry } from '../../convGeometry';
import { convParametersOf } from '../../convParameters';
import type { PooledView } from '../../epilogue';
import type { KernelContext } from '../context';
import type { KernelSource } from '../kernelCache';
import { copyStrided } from '../copy/stridedCopy';
import type { SimdOptions } from '../options';
import { locatePlaces, unpool } from '../pooling/unpool';
import { reduce } from '../reduction/reduce';
import { ruleFor } from './choice';
import { isUnpadded, padImages, visiblePart } from './padding';
import { placeTableBytes } from './placeTable';
import { sparseInputGradientKernel } from './sparseInputGradientKernel';
import {
  isSuitable,
  sparseParameterGradientKernel,
  type SparseGradient,
} from './sparseParameterGradientKernel';
import { windowsOf } from './windows';

/*
 * Gradients of a convolution that 2x2 max pooling follows. Of four pixels one has a gradient, so that
 * going only through these is less work, as long as the rows of the kernel are short. Otherwise the
 * zeros are written, and the gradient is that of any convolution.
 */

/** See `Backend.conv2dPooledParameterGradient`. */
export function conv2dPooledParameterGradient(
  context: KernelContext,
  operands: { readonly dy: PooledView; readonly x: View; readonly out: View },
  geometry: ConvGeometry,
  options: SimdOptions,
): void {
  const { dy, x, out } = operands;
  const { kernels, work } = context;
  if (!isSparse(geometry)) {
    const slopes = unpooled(context, dy, geometry);
    const parts = convParametersOf(out, geometry);
    const filter = work.scratchView(parts.filter.shape);
    const bias = work.scratchView(parts.bias.shape);
    const rule = ruleFor('conv2dFilterGradient', geometry, options);
    rule.run(context, { dy: slopes, x, out: filter }, geometry);
    reduce(context, { kernel: 'sum', x: slopes, axes: [0, 1, 2] }, bias);
    const to = work.output(out);
    copyRow(kernels, work.locate(filter), to, sizeOf(filter.shape));
    copyRow(kernels, work.locate(bias), to + 4 * sizeOf(filter.shape), sizeOf(bias.shape));
    return;
  }
  const definition = sparseGradient(geometry);
  const { accumulate } = kernels.get(
    `sparseParameterGradient ${JSON.stringify(definition)}`,
    () => [sparseParameterGradientKernel(definition)],
  );
  const { filters } = definition;
  const { rows, run, lanes } = filterLayout(geometry);
  const size = filters * rows * lanes;
  const sums = work.scratch(4 * (size + filters));
  work.clear(sums, size + filters);
  const images = padImages(context, x, geometry);
  const [slopes, places] = [work.rowMajor(dy.numbers), locatePlaces(context, dy.places)];
  const table = work.scratch(placeTableBytes);
  const masked = work.scratch((4 * sizeOf(dy.numbers.shape)) / geometry.batch);
  accumulate!(images, slopes, places, table, masked, sums, geometry.batch);
  const to = work.output(out);
  copyStrided(kernels, {
    from: sums,
    to,
    shape: [filters, rows, run],
    fromSteps: [rows * lanes, lanes, 1],
    toSteps: [1, run * filters, filters],
  });
  copyRow(kernels, sums + 4 * size, to + 4 * rows * run * filters, filters);
}

/** Copies numbers that stand one after the other. */
function copyRow(kernels: KernelSource, from: number, to: number, count: number): void {
  copyStrided(kernels, { from, to, shape: [count], fromSteps: [1], toSteps: [1] });
}

/** See `Backend.conv2dPooledInputGradient`. */
export function conv2dPooledInputGradient(
  context: KernelContext,
  operands: { readonly dy: PooledView; readonly filter: View; readonly out: View },
  geometry: ConvGeometry,
  options: SimdOptions,
): void {
  const { dy, filter, out } = operands;
  if (!isSparse(geometry)) {
    const rule = ruleFor('conv2dInputGradient', geometry, options);
    return rule.run(context, { dy: unpooled(context, dy, geometry), filter, out }, geometry);
  }
  const { kernels, work } = context;
  const definition = sparseGradient(geometry);
  const { scatter } = kernels.get(`sparseInputGradient ${JSON.stringify(definition)}`, () => [
    sparseInputGradientKernel(definition),
  ]);
  const { windows, filters } = definition;
  const { rows, run, lanes } = filterLayout(geometry);
  const packed = work.scratch(4 * filters * rows * lanes);
  copyStrided(kernels, {
    from: work.rowMajor(filter),
    to: packed,
    shape: [filters, rows, run],
    fromSteps: [1, run * filters, filters],
    toSteps: [rows * lanes, lanes, 1],
  });
  const to = work.output(out);
  const whole = isUnpadded(geometry);
  const size = (geometry.batch * windows.imageStep) / 4;
  const images = whole ? to : work.scratch(4 * size);
  work.clear(images, size);
  const [slopes, places] = [work.rowMajor(dy.numbers), locatePlaces(context, dy.places)];
  scatter!(images, slopes, places, work.scratch(placeTableBytes), packed, geometry.batch);
  if (!whole) cropImages(context, images, to, geometry);
}

/** Copies what lies in the image from padded images; pixels that no window touches become 0. */
function cropImages(
  { kernels, work }: KernelContext,
  from: number,
  to: number,
  geometry: ConvGeometry,
): void {
  const { batch, input, padding } = geometry;
  const { imageStep } = windowsOf(geometry);
  const { top, left, rows, columns, width } = visiblePart(geometry);
  const { channels } = input;
  const size = input.height * input.width * channels;
  if (rows < input.height || columns < input.width) work.clear(to, batch * size);
  const skipped = Math.max(0, padding.top) * width + Math.max(0, padding.left);
  copyStrided(kernels, {
    from: from + 4 * channels * skipped,
    to: to + 4 * channels * (top * input.width + left),
    shape: [batch, rows, columns * channels],
    fromSteps: [imageStep / 4, width * channels, 1],
    toSteps: [size, input.width * channels, 1],
  });
}

/** How many rows the kernel has, how long they are, and up to where they are filled up. */
function filterLayout(geometry: ConvGeometry) {
  const { runs, runLength } = windowsOf(geometry);
  return { rows: runs[0]!.count, run: runLength, lanes: 4 * Math.ceil(runLength / 4) };
}

function isSparse(geometry: ConvGeometry): boolean {
  return geometry.groups === 1 && isSuitable(windowsOf(geometry));
}

function sparseGradient(geometry: ConvGeometry): SparseGradient {
  return { windows: windowsOf(geometry), filters: geometry.output.channels };
}

function unpooled(context: KernelContext, dy: PooledView, geometry: ConvGeometry): View {
  const whole = context.work.scratchView(convOutputShape(geometry));
  unpool(context, dy, whole);
  return whole;
}
