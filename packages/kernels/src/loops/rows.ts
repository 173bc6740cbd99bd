import { forEachRow, type Layout, type View } from '@gradus/tensor';
import type { RowKernel } from '../backend';
import type { Row } from './row';
import { Scratch } from './scratch';

const powers = new Scratch();

/** See `Backend.mapRows`. */
export function mapRows(kernel: RowKernel, x: View, out: View): void {
  const columns = x.shape.at(-1)!;
  const step = x.strides.at(-1)!;
  const loop = rowLoops[kernel];
  if (columns === 0) return;
  forEachRow([x, out].map(withoutLastAxis), (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      const start = starts[0]! + i * steps[0]!;
      const to = starts[1]! + i * steps[1]!;
      loop({ data: x.data, start, step }, { data: out.data, start: to, step: 1 }, columns);
    }
  });
}

/** Applies a function to a row of x. Rows of `out` lie without gaps. */
type RowLoop = (x: Row, out: Row, length: number) => void;

const rowLoops: { readonly [K in RowKernel]: RowLoop } = {
  softmax(x, { data: out, start: to }, length) {
    const { data, start, step } = x;
    const m = largestOf(x, length);
    // Powers stay doubles until they are divided: rounding them to float32 first would show.
    const row = powers.atLeast(length);
    let total = 0;
    for (let i = 0, p = start; i < length; i++, p += step) {
      const power = Math.exp(data[p]! - m);
      row[i] = power;
      total += power;
    }
    for (let i = 0; i < length; i++) out[to + i] = row[i]! / total;
  },
  logSoftmax(x, { data: out, start: to }, length) {
    const { data, start, step } = x;
    const m = largestOf(x, length);
    let total = 0;
    for (let i = 0, p = start; i < length; i++, p += step) total += Math.exp(data[p]! - m);
    const logarithm = Math.log(total);
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = data[p]! - m - logarithm;
  },
};

/** NaN if one of the numbers is. */
function largestOf({ data, start, step }: Row, length: number): number {
  let largest = -Infinity;
  for (let i = 0, p = start; i < length; i++, p += step) largest = Math.max(largest, data[p]!);
  return largest;
}

function withoutLastAxis({ shape, strides, offset }: Layout): Layout {
  return { shape: shape.slice(0, -1), strides: strides.slice(0, -1), offset };
}
