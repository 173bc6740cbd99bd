import type { View } from '@gradus/tensor';
import type { PooledView } from '../../epilogue';
import { convOutputShape, type ConvGeometry } from '../../convGeometry';
import type { KernelContext } from '../context';
import type { SimdOptions } from '../options';
import { locatePlaces, unpool } from '../pooling/unpool';
import { ruleFor } from './choice';
import { padImages } from './padding';
import {
  isSuitable,
  pooledFilterGradientKernel,
  type SparseGradient,
} from './sparseGradientKernel';
import { windowsOf } from './windows';

/** The operands of `Backend.conv2dPooledFilterGradient`. */
export interface PooledOperands {
  readonly dy: PooledView;
  readonly x: View;
  readonly out: View;
}

/**
 * See `Backend.conv2dPooledFilterGradient`. Of four pixels one has a gradient, so that summing only
 * over these is less work, as long as the rows of the kernel are short.
 */
export function conv2dPooledFilterGradient(
  context: KernelContext,
  operands: PooledOperands,
  geometry: ConvGeometry,
  options: SimdOptions,
): void {
  const windows = windowsOf(geometry);
  if (geometry.groups === 1 && isSuitable(windows)) return sumSparsely(context, operands, geometry);
  const dy = context.work.scratchView(convOutputShape(geometry));
  unpool(context, operands.dy, dy);
  const rule = ruleFor('conv2dFilterGradient', geometry, options);
  rule.run(context, { dy, x: operands.x, out: operands.out }, geometry);
}

function sumSparsely(
  context: KernelContext,
  { dy, x, out }: PooledOperands,
  geometry: ConvGeometry,
): void {
  const { kernels, work } = context;
  const windows = windowsOf(geometry);
  const filters = geometry.output.channels;
  const definition: SparseGradient = { windows, filters };
  const { accumulate } = kernels.get(`sparseGradient ${JSON.stringify(definition)}`, () => [
    pooledFilterGradientKernel(definition),
  ]);
  const rows = windows.runs[0]!.count;
  const { runLength, pixelStep, rowStep } = windows;
  const lanes = 4 * Math.ceil(runLength / 4);
  const size = filters * rows * lanes;
  const sums = work.scratch(4 * size);
  work.clear(sums, size);
  const offsets = work.scratch(16);
  new Int32Array(work.floats(offsets, 4).buffer, offsets, 4).set([
    0,
    pixelStep,
    rowStep,
    rowStep + pixelStep,
  ]);
  const images = padImages(context, x, geometry);
  const [slopes, places] = [work.rowMajor(dy.numbers), locatePlaces(context, dy.places)];
  accumulate!(images, slopes, places, offsets, sums, geometry.batch);
  const to = work.floats(work.output(out), rows * runLength * filters);
  const from = work.floats(sums, size);
  for (let filter = 0, at = 0; filter < filters; filter++) {
    for (let row = 0; row < rows; row++, at += lanes) {
      for (let tap = 0; tap < runLength; tap++) {
        to[(row * runLength + tap) * filters + filter] = from[at + tap]!;
      }
    }
  }
}
