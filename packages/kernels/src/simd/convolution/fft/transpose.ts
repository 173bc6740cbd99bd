import { f32x4, makeLocals, set, type Body, type Expression, type MakeLocal } from '../../wasm';

type Vector = Expression<'v128'>;

/** Turns four rows of four numbers into four columns; `use` must use each just once. */
export function transpose(
  local: MakeLocal,
  rows: readonly Vector[],
  use: (column: Vector, index: number) => Body,
): Body {
  const [a, b, c, d, ab01, ab23, cd01, cd23] = eight(makeLocals(local, 'v128', 'turned', 8));
  return [
    [a, b, c, d].map((row, i) => set(row, rows[i]!)),
    set(ab01, f32x4.shuffle(a, b, [0, 4, 1, 5])),
    set(ab23, f32x4.shuffle(a, b, [2, 6, 3, 7])),
    set(cd01, f32x4.shuffle(c, d, [0, 4, 1, 5])),
    set(cd23, f32x4.shuffle(c, d, [2, 6, 3, 7])),
    use(f32x4.shuffle(ab01, cd01, [0, 1, 4, 5]), 0),
    use(f32x4.shuffle(ab01, cd01, [2, 3, 6, 7]), 1),
    use(f32x4.shuffle(ab23, cd23, [0, 1, 4, 5]), 2),
    use(f32x4.shuffle(ab23, cd23, [2, 3, 6, 7]), 3),
  ];
}

function eight<T>(list: readonly T[]) {
  return list as readonly [T, T, T, T, T, T, T, T];
}
