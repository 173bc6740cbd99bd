import { f32x4, makeLocals, set, v128, type Body, type Local, type MakeLocal } from '../../wasm';
import { inputMatrix, tileProducts, tileSize } from './matrices';

/** What the splats of a transformed tile take: each element in all four lanes of a vector. */
export const splatsBytes = 16 * tileProducts;

/** Where a tile of one channel comes from, its rows `row` bytes apart, and where its splats go. */
interface Tile {
  readonly from: Local<'i32'>;
  readonly row: number;
  readonly to: Local<'i32'>;
}

type Lanes = [number, number, number, number];

// In each row of the matrix one number is added, and one other is added or subtracted.
const added = inputMatrix.map((row) => row.indexOf(1));
const others = inputMatrix.map((row, i) => row.findIndex((c, j) => c !== 0 && j !== added[i]));
const signs = inputMatrix.map((row, i) => row[others[i]!]!);

/**
 * Transforms a tile of one channel, a row of four pixels to a vector: its columns by adding rows, its
 * rows by exchanging lanes. V8 adds the offsets of loads that splat to the address anew each time, or
 * keeps all sums in registers; so the elements are splat here, and not where they are used.
 */
export function transformToSplats(local: MakeLocal, { from, row, to }: Tile): Body {
  const pixels = makeLocals(local, 'v128', 'pixels', tileSize);
  const upright = local('v128', 'upright');
  const elements = local('v128', 'elements');
  const lanes = (of: readonly number[]) => f32x4.shuffle(upright, upright, of as Lanes);
  return [
    pixels.map((pixel, i) => set(pixel, v128.load(from, i * row))),
    inputMatrix.map((_, i) => {
      const [a, b] = [pixels[added[i]!]!, pixels[others[i]!]!];
      return [
        set(upright, signs[i]! > 0 ? f32x4.add(a, b) : f32x4.sub(a, b)),
        set(
          elements,
          f32x4.add(lanes(added), f32x4.mul(lanes(others), f32x4.const(...(signs as Lanes)))),
        ),
        inputMatrix.map((_, j) =>
          v128.store(to, f32x4.shuffle(elements, elements, [j, j, j, j]), 16 * (tileSize * i + j)),
        ),
      ];
    }),
  ];
}
