import {
  defineFunction,
  f32x4,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../../wasm';
import type { Matrix } from './matrices';

/** Where the elements of tiles lie: each is a vector of channels, without gaps. Steps are in bytes. */
export interface TileLayout {
  /** From an element of a tile to the one below, and to the one at the right. */
  readonly row: number;
  readonly column: number;
  /** From a tile to the next one. */
  readonly tile: number;
}

/** The transformation `vertical d horizontal'` of tiles d, for each channel by itself. */
export interface Transform {
  readonly vertical: Matrix;
  readonly horizontal: Matrix;
  readonly channels: number;
  readonly from: TileLayout;
  readonly to: TileLayout;
  /** Whether only `channels` numbers may be written, not a whole number of vectors. */
  readonly exact: boolean;
}

/**
 * `transform(from, to, tiles)`: transforms tiles. Where the number of channels is no multiple of four,
 * it reads up to three numbers too many, which may be anything.
 */
export function transformKernel(transform: Transform): WasmFunction {
  const { channels, from: source, to: target, exact } = transform;
  const parameters = { from: 'i32', to: 'i32', tiles: 'i32' } as const;
  return defineFunction('transform', parameters, ({ from, to, tiles }, local) => {
    const left = local('i32', 'vectors');
    const transformVectors = vectorTransform(local, transform, { from, to });
    const whole = exact ? Math.floor(channels / 4) : Math.ceil(channels / 4);
    const rest = exact ? channels % 4 : 0;
    return repeat(tiles, tiles, [
      whole > 0
        ? repeat(left, whole, [transformVectors(4), increase(from, 16), increase(to, 16)])
        : [],
      rest > 0 ? transformVectors(rest) : [],
      increase(from, source.tile - 16 * whole),
      increase(to, target.tile - 16 * whole),
    ]);
  });
}

/** Transforms four channels of a tile and writes some of them: first its columns, then its rows. */
function vectorTransform(
  local: MakeLocal,
  { vertical, horizontal, from: source, to: target }: Transform,
  { from, to }: { readonly from: Local<'i32'>; readonly to: Local<'i32'> },
): (lanes: number) => Body {
  const elements = makeLocals(local, 'v128', 'element', vertical[0]!.length);
  const rows = vertical.map((_, i) => makeLocals(local, 'v128', `row${i}_`, horizontal[0]!.length));
  return (lanes) => [
    horizontal[0]!.map((_, j) => [
      elements.map((element, i) =>
        set(element, v128.load(from, i * source.row + j * source.column)),
      ),
      rows.map((row, i) => set(row[j]!, combination(vertical[i]!, elements))),
    ]),
    rows.map((row, i) =>
      horizontal.map((coefficients, j) =>
        v128.storeLanes(
          to,
          combination(coefficients, row),
          lanes,
          i * target.row + j * target.column,
        ),
      ),
    ),
  ];
}

/** The sum of vectors, each times its coefficient. */
function combination(
  coefficients: readonly number[],
  vectors: readonly Expression<'v128'>[],
): Expression<'v128'> {
  const terms = vectors
    .map((vector, i) => ({ factor: coefficients[i]!, vector }))
    .filter(({ factor }) => factor !== 0)
    // So that the others can be subtracted from it.
    .sort((a, b) => Number(b.factor > 0) - Number(a.factor > 0));
  const values = terms.map(({ factor, vector }) =>
    Math.abs(factor) === 1 ? vector : f32x4.mul(vector, f32x4.const(Math.abs(factor))),
  );
  const [first, ...others] = values;
  if (first === undefined) return f32x4.const(0);
  return others.reduce<Expression<'v128'>>(
    (sum, value, i) => (terms[i + 1]!.factor < 0 ? f32x4.sub(sum, value) : f32x4.add(sum, value)),
    terms[0]!.factor < 0 ? f32x4.neg(first) : first,
  );
}
