import { fourByFour } from '../../fourByFour';
import { set, type Body, type Expression, type MakeLocal } from '../../wasm';

type Vector = Expression<'v128'>;

/** Turns four rows of four numbers into four columns; `use` must use each just once. */
export function transpose(
  local: MakeLocal,
  rows: readonly Vector[],
  use: (column: Vector, index: number) => Body,
): Body {
  const matrix = fourByFour(local);
  return [matrix.rows.map((row, i) => set(row, rows[i]!)), matrix.turn, matrix.columns.map(use)];
}
