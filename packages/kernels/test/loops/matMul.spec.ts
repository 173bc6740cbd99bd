import { fill, full, tensor, transposeLayout, windowOn, zeros, type View } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../src/index';

/** The definition again, fast enough for large matrices. */
function product(a: View, b: View): View {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const out = zeros([m, n], 'float64');
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      let [p, q] = [a.offset + i * a.strides[0]!, b.offset + j * b.strides[1]!];
      for (let l = 0; l < k; l++, p += a.strides[1]!, q += b.strides[0]!) {
        total += a.data[p]! * b.data[q]!;
      }
      out.data[i * n + j] = total;
    }
  }
  return out;
}

/** `expectClose` names the element, but is too slow for millions of them. */
function largestDifference({ data: a }: View, { data: b }: View): number {
  let largest = 0;
  for (let i = 0; i < b.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

describe('loops.matMul', () => {
  const matrix = (rows: number, columns: number): View<'float64'> =>
    fill([rows, columns], (i) => Math.sin(i + 1), 'float64');

  // Panels are 3 lines; 32768 elements of a, and 524288 of b, make a block; 1048576 elements of the
  // result are computed at a time.
  const table: readonly [title: string, m: number, k: number, n: number][] = [
    ['more rows than a block', 100, 1000, 5],
    ['more columns than a block', 4, 5000, 110],
    ['more of both', 30, 2000, 300],
    ['lines longer than a block of rows', 7, 12_000, 50],
    ['lines longer than a block of columns', 2, 180_000, 5],
    ['more rows than a chunk of the result', 400, 2, 3001],
    ['blocks of rows within chunks of the result', 600, 100, 2001],
    ['a column', 1000, 40, 1],
    ['a row', 1, 40, 1000],
  ];
  for (const [title, m, k, n] of table) {
    it(`multiplies ${title}: [${m}, ${k}] x [${k}, ${n}]`, () => {
      const [a, b] = [matrix(m, k), matrix(k, n)];
      const out = zeros([m, n], 'float64');
      loops.matMul(a, b, out);
      expect(largestDifference(out, product(a, b))).to.be.below(1e-12 * k);
    });
  }

  it('multiplies every size around a tile', () => {
    for (let m = 1; m <= 7; m++) {
      for (let n = 1; n <= 7; n++) {
        for (let k = 0; k <= 4; k++) {
          const [a, b] = [matrix(m, k), matrix(k, n)];
          const out = zeros([m, n], 'float64');
          loops.matMul(a, b, out);
          expectClose(out, product(a, b), { relative: 1e-12 });
        }
      }
    }
  });

  it('writes nothing behind a result whose last chunk is not whole', () => {
    const [a, b] = [matrix(3, 1), matrix(1, 400_000)];
    const room = full([4, 400_000], 7, 'float64');
    const out = windowOn(room, { ...room, shape: [3, 400_000] });
    loops.matMul(a, b, out);
    expect(largestDifference(out, product(a, b))).to.be.below(1e-15);
    expect(room.data.subarray(1_200_000).every((value) => value === 7)).to.equal(true);
  });

  it('multiplies transposed matrices that are larger than a block', () => {
    const [a, b] = [matrix(1500, 70), matrix(40, 1500)].map((view) =>
      windowOn(view, transposeLayout(view, [1, 0])),
    ) as [View, View];
    const out = zeros([70, 40], 'float64');
    loops.matMul(a, b, out);
    expectClose(out, product(a, b), { relative: 1e-12 });
  });

  it('rounds to float32 once: 1 + 2^-30 - 1 is 2^-30', () => {
    const a = tensor(Float32Array.of(1, 2 ** -30, -1), [1, 3]);
    const out = zeros([1, 1]);
    loops.matMul(a, tensor(Float32Array.of(1, 1, 1), [3, 1]), out);
    expect(out.item()).to.equal(2 ** -30);
  });
});
