import { sizeOf, type View } from '@gradus/tensor';
import type { RowKernel } from '../../backend';
import type { KernelContext } from '../context';
import { longRowsKernel } from './longRowsKernel';
import { mostVectors, shortRowsKernel } from './shortRowsKernel';

/** See `Backend.mapRows`. */
export function mapRows(
  { kernels, work }: KernelContext,
  kernel: RowKernel,
  x: View,
  out: View,
): void {
  const columns = x.shape.at(-1)!;
  const { run } = kernels.get(`${kernel} ${columns}`, () => [
    columns <= 4 * mostVectors ? shortRowsKernel(kernel, columns) : longRowsKernel(kernel, columns),
  ]);
  run!(work.rowMajor(x), work.output(out), sizeOf(out.shape) / columns);
}
