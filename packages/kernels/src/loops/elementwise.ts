import { copyInto, isRowMajor, sizeOf, type View } from '@gradus/tensor';
import type { BinaryKernel, UnaryKernel } from '../backend';
import { broadcastView } from '../broadcastView';
import { binaryLoops } from './binary';
import { forEachRowOf } from './row';
import { unaryLoops } from './unary';

/** See `Backend.map`. */
export function map(kernel: UnaryKernel, x: View, out: View): void {
  const loop = unaryLoops[kernel];
  forEachRowOf([x, out], ([from, to], length) => loop(from!, to!, length));
}

/** See `Backend.zip`. */
export function zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
  const loop = binaryLoops[kernel];
  const views = [broadcastView(a, out.shape), broadcastView(b, out.shape), out];
  forEachRowOf(views, ([rowA, rowB, to], length) => loop(rowA!, rowB!, to!, length));
}

/** See `Backend.copy`. */
export function copy(x: View, out: View): void {
  if (isRowMajor(out)) {
    const end = out.offset + sizeOf(out.shape);
    copyInto(x, out.data.subarray(out.offset, end));
    return;
  }
  forEachRowOf([x, out], ([from, to], length) => {
    const { data: source, start, step } = from!;
    const { data: target, start: first, step: stride } = to!;
    for (let i = 0, p = start, q = first; i < length; i++, p += step, q += stride) {
      target[q] = source[p]!;
    }
  });
}
