import type { Plane } from './plane';

/** `addCorrelation` for a 3x3 kernel, whose nine weights stay in registers for the whole plane. */
export function addCorrelation3x3(x: Plane, kernel: Plane, out: Plane): void {
  const { data: pixels } = x;
  const { data } = out;
  const weights = [0, 1, 2].map((r) => {
    const start = kernel.start + r * kernel.rowStep;
    return kernel.data.subarray(start, start + 3);
  });
  const [w0, w1, w2] = [weights[0]![0]!, weights[0]![1]!, weights[0]![2]!];
  const [w3, w4, w5] = [weights[1]![0]!, weights[1]![1]!, weights[1]![2]!];
  const [w6, w7, w8] = [weights[2]![0]!, weights[2]![1]!, weights[2]![2]!];
  for (let row = 0; row < out.height; row++) {
    let a = x.start + row * x.rowStep;
    let b = a + x.rowStep;
    let c = b + x.rowStep;
    const start = out.start + row * out.rowStep;
    for (let o = start; o < start + out.width; o += 4, a += 4, b += 4, c += 4) {
      let v = pixels[a]!;
      let s0 = w0 * v;
      v = pixels[a + 1]!;
      s0 += w1 * v;
      let s1 = w0 * v;
      v = pixels[a + 2]!;
      s0 += w2 * v;
      s1 += w1 * v;
      let s2 = w0 * v;
      v = pixels[a + 3]!;
      s1 += w2 * v;
      s2 += w1 * v;
      let s3 = w0 * v;
      v = pixels[a + 4]!;
      s2 += w2 * v;
      s3 += w1 * v;
      s3 += w2 * pixels[a + 5]!;
      s0 += w3 * pixels[b]!;
      v = pixels[b + 1]!;
      s0 += w4 * v;
      s1 += w3 * v;
      v = pixels[b + 2]!;
      s0 += w5 * v;
      s1 += w4 * v;
      s2 += w3 * v;
      v = pixels[b + 3]!;
      s1 += w5 * v;
      s2 += w4 * v;
      s3 += w3 * v;
      v = pixels[b + 4]!;
      s2 += w5 * v;
      s3 += w4 * v;
      s3 += w5 * pixels[b + 5]!;
      s0 += w6 * pixels[c]!;
      v = pixels[c + 1]!;
      s0 += w7 * v;
      s1 += w6 * v;
      v = pixels[c + 2]!;
      s0 += w8 * v;
      s1 += w7 * v;
      s2 += w6 * v;
      v = pixels[c + 3]!;
      s1 += w8 * v;
      s2 += w7 * v;
      s3 += w6 * v;
      v = pixels[c + 4]!;
      s2 += w8 * v;
      s3 += w7 * v;
      s3 += w8 * pixels[c + 5]!;
      data[o]! += s0;
      data[o + 1]! += s1;
      data[o + 2]! += s2;
      data[o + 3]! += s3;
    }
  }
}
