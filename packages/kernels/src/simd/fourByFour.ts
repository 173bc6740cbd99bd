import {
  f32x4,
  makeLocals,
  set,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
} from './wasm';

/** A matrix of four by four numbers in registers, to be transposed. */
export interface FourByFour {
  /** To be set first. */
  readonly rows: readonly Local<'v128'>[];
  /** Comes after that. */
  readonly turn: Body;
  /** The columns as vectors; each is to be used once. */
  readonly columns: readonly Expression<'v128'>[];
}

/** Registers for a matrix of four by four numbers, and the shuffles that transpose it. */
export function fourByFour(local: MakeLocal): FourByFour {
  const rows = makeLocals(local, 'v128', 'row', 4);
  const [a, b, c, d] = rows as Four;
  const [ab01, ab23, cd01, cd23] = makeLocals(local, 'v128', 'pairs', 4) as Four;
  return {
    rows,
    turn: [
      set(ab01, f32x4.shuffle(a, b, [0, 4, 1, 5])),
      set(ab23, f32x4.shuffle(a, b, [2, 6, 3, 7])),
      set(cd01, f32x4.shuffle(c, d, [0, 4, 1, 5])),
      set(cd23, f32x4.shuffle(c, d, [2, 6, 3, 7])),
    ],
    columns: [
      f32x4.shuffle(ab01, cd01, [0, 1, 4, 5]),
      f32x4.shuffle(ab01, cd01, [2, 3, 6, 7]),
      f32x4.shuffle(ab23, cd23, [0, 1, 4, 5]),
      f32x4.shuffle(ab23, cd23, [2, 3, 6, 7]),
    ],
  };
}

type Four = [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
