import { copyInto, isRowMajor, sizeOf, type View } from '@gradus/tensor';
import type { BinaryKernel, CompareKernel, UnaryKernel } from '../backend';
import { broadcastView } from '../broadcastView';
import { binaryLoops, type BinaryLoop } from './binary';
import { compareLoops } from './compare';
import { forEachRowOf } from './row';
import { unaryLoops } from './unary';

/** See `Backend.map`. */
export function map(kernel: UnaryKernel, x: View, out: View): void {
  const loop = unaryLoops[kernel];
  forEachRowOf([x, out], ([from, to], length) => loop(from!, to!, length));
}

/** See `Backend.zip`. */
export function zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
  combine(binaryLoops[kernel], a, b, out);
}

/** See `Backend.compare`. */
export function compare(kernel: CompareKernel, a: View, b: View, out: View): void {
  combine(compareLoops[kernel], a, b, out);
}

function combine(loop: BinaryLoop, a: View, b: View, out: View): void {
  const views = [broadcastView(a, out.shape), broadcastView(b, out.shape), out];
  forEachRowOf(views, ([rowA, rowB, to], length) => loop(rowA!, rowB!, to!, length));
}

/** See `Backend.where`. */
export function where(condition: View, a: View, b: View, out: View): void {
  const views = [condition, a, b].map((view) => broadcastView(view, out.shape));
  forEachRowOf([...views, out], ([chosen, rowA, rowB, to], length) => {
    const { data: chooser, start, step } = chosen!;
    const { data: first, start: startA, step: stepA } = rowA!;
    const { data: second, start: startB, step: stepB } = rowB!;
    const { data: target, start: begin } = to!;
    for (let i = 0; i < length; i++) {
      target[begin + i] =
        chooser[start + i * step] === 0 ? second[startB + i * stepB]! : first[startA + i * stepA]!;
    }
  });
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
