import { isRowMajor, rowMajor, sizeOf, toTypedArray, type View } from '@gradus/tensor';
import type { PooledView } from '../../epilogue';
import type { KernelContext } from '../context';
import { unpoolKernel, type Squares } from './unpoolKernel';

/** See `Backend.unpool`. */
export function unpool(context: KernelContext, { numbers, places }: PooledView, out: View): void {
  const { kernels, work } = context;
  const [batch, height, width, channels] = out.shape as [number, number, number, number];
  const to = work.output(out);
  // What no square covers.
  if (height % 2 === 1 || width % 2 === 1) work.clear(to, sizeOf(out.shape));
  const definition: Squares = { height, width, channels };
  const { unpool: run } = kernels.get(`unpool ${height} ${width} ${channels}`, () => [
    unpoolKernel(definition),
  ]);
  run!(work.rowMajor(numbers), locatePlaces(context, places), to, batch);
}

/** The address of bytes, row-major. */
export function locatePlaces({ work }: KernelContext, places: View): number {
  if (isRowMajor(places)) return work.locate(places);
  const data = toTypedArray(places);
  return work.locate({ dtype: 'uint8', data, ...rowMajor(places.shape) });
}
