import { addCorrelation3x3 } from './correlation3x3';
import type { Plane } from './plane';

/**
 * Adds to each `out[i, j]` the sum over the kernel of `x[i + r, j + c] * kernel[r, c]`, the
 * cross-correlation of two planes. Four neighbouring outputs are summed together and walk along the
 * kernel's rows four columns at a time; of the pixels they need, three are still at hand from the
 * column before, so that 16 products cost eight loads.
 *
 * Rows of `out` may be written up to the next multiple of four, and as many pixels beyond the last
 * may be read: both arrays need that room.
 */
export function addCorrelation(x: Plane, kernel: Plane, out: Plane): void {
  if (kernel.height === 3 && kernel.width === 3) return addCorrelation3x3(x, kernel, out);
  for (let row = 0; row < out.height; row++) {
    for (let column = 0; column < out.width; column += 4) {
      addRun(x, kernel, out, row, column);
    }
  }
}

function addRun(x: Plane, kernel: Plane, out: Plane, row: number, column: number): void {
  const { data: pixels, rowStep } = x;
  const { data: weights, width } = kernel;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let r = 0; r < kernel.height; r++) {
    let p = x.start + (row + r) * rowStep + column;
    let q = kernel.start + r * kernel.rowStep;
    const end = q + width;
    let x0 = pixels[p]!;
    let x1 = pixels[p + 1]!;
    let x2 = pixels[p + 2]!;
    let x3;
    for (; q < end - 3; p += 4, q += 4) {
      let w = weights[q]!;
      x3 = pixels[p + 3]!;
      s0 += w * x0;
      s1 += w * x1;
      s2 += w * x2;
      s3 += w * x3;
      w = weights[q + 1]!;
      x0 = pixels[p + 4]!;
      s0 += w * x1;
      s1 += w * x2;
      s2 += w * x3;
      s3 += w * x0;
      w = weights[q + 2]!;
      x1 = pixels[p + 5]!;
      s0 += w * x2;
      s1 += w * x3;
      s2 += w * x0;
      s3 += w * x1;
      w = weights[q + 3]!;
      x2 = pixels[p + 6]!;
      s0 += w * x3;
      s1 += w * x0;
      s2 += w * x1;
      s3 += w * x2;
    }
    for (; q < end; p++, q++) {
      const w = weights[q]!;
      s0 += w * pixels[p]!;
      s1 += w * pixels[p + 1]!;
      s2 += w * pixels[p + 2]!;
      s3 += w * pixels[p + 3]!;
    }
  }
  const { data } = out;
  const o = out.start + row * out.rowStep + column;
  data[o]! += s0;
  data[o + 1]! += s1;
  data[o + 2]! += s2;
  data[o + 3]! += s3;
}
