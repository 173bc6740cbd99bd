/** Rows and columns of the result that `addTile` computes together. */
export const tileSize = 3;

/** Where `addTile` finds its numbers. */
export interface TileOperands {
  /** Three rows of a, interleaved: first the three elements of column 0, then those of column 1, ... */
  readonly left: Float64Array;
  /** Three columns of b, interleaved: first the three elements of row 0, then those of row 1, ... */
  readonly right: Float64Array;
  /** The row-major result; its rows are `rowStep` apart. */
  readonly out: Float64Array;
  readonly rowStep: number;
  /** How many products each element sums. */
  readonly depth: number;
}

/**
 * Adds the product of three rows and three columns to a 3x3 tile of the result: nine sums in
 * registers, which six loads feed with nine products. A larger tile runs out of registers, and a
 * smaller one loads more for each product. The sums are doubles: rounding each to float32 would
 * halve the speed.
 */
export function addTile(
  { left, right, out, rowStep, depth }: TileOperands,
  leftStart: number,
  rightStart: number,
  outStart: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  const end = leftStart + depth * 3;
  for (let p = leftStart, q = rightStart; p < end; p += 3, q += 3) {
    const b0 = right[q]!;
    const b1 = right[q + 1]!;
    const b2 = right[q + 2]!;
    const a0 = left[p]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    const a1 = left[p + 1]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    const a2 = left[p + 2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
  }
  let o = outStart;
  out[o]! += s00;
  out[o + 1]! += s01;
  out[o + 2]! += s02;
  o += rowStep;
  out[o]! += s10;
  out[o + 1]! += s11;
  out[o + 2]! += s12;
  o += rowStep;
  out[o]! += s20;
  out[o + 1]! += s21;
  out[o + 2]! += s22;
}
