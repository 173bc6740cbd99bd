import {
  branchIf,
  defineFunction,
  i32,
  increase,
  loop,
  makeLocals,
  multiplyAdd,
  repeat,
  set,
  v128,
  when,
  type Body,
  type WasmFunction,
} from '../wasm';
import { activated } from '../epilogue/ending';

/** A convolution in which each channel has one kernel of its own, with horizontal stride 1. */
export interface DepthwiseConvolution {
  /** Numbers in a row of the result: its width times its channels. */
  readonly rowLength: number;
  readonly rows: number;
  /** After so many numbers along a row, a multiple of four, the kernels come again in the same order. */
  readonly period: number;
  readonly kernel: { readonly height: number; readonly width: number };
  /** Whether sums below 0 become 0. */
  readonly relu: boolean;
  /** Bytes of x between neighbouring taps along both axes, output rows, and images. */
  readonly x: {
    readonly tapRow: number;
    readonly tapColumn: number;
    readonly row: number;
    readonly image: number;
  };
}

/** Vectors of sums that are in registers at a time. */
const mostVectors = 8;

/**
 * `convolve(x, kernels, y, batch)`: a row of the result, all its pixels and channels one after the
 * other, is a sum of shifted rows of x, each multiplied number by number with the weights of one tap.
 * The weights of each tap are given `period` numbers long, as they come along a row; in front of them
 * stand as many numbers with which the sums begin.
 */
export function depthwiseKernel(convolution: DepthwiseConvolution): WasmFunction {
  const { rowLength, rows, period, kernel, relu, x: steps } = convolution;
  const tapBytes = 4 * period;
  const { tile, kinds } = tiling(period);
  const nextPart = 16 * tile < tapBytes;
  const parameters = { x: 'i32', kernels: 'i32', y: 'i32', batch: 'i32' } as const;
  return defineFunction('convolve', parameters, ({ x, kernels, y, batch }, local) => {
    const sums = makeLocals(local, 'v128', 'sum', tile);
    const weights = local('v128', 'weights');
    const [from, tap, part] = [local('i32', 'from'), local('i32', 'tap'), local('i32', 'part')];
    const [pixels, rowsLeft] = [local('i32', 'pixels'), local('i32', 'rows')];
    const [tapRows, tapColumns] = [local('i32', 'tapRows'), local('i32', 'tapColumns')];
    const partsLeft = local('i32', 'parts');

    const addTap = (vectors: number): Body =>
      Array.from({ length: Math.min(kinds, vectors) }, (_, kind) => [
        set(weights, v128.load(tap, 16 * kind)),
        sums.slice(0, vectors).map((sum, v) => {
          const seen = v128.load(from, 16 * v);
          return v % kinds === kind ? set(sum, multiplyAdd(weights, seen, sum)) : [];
        }),
      ]);

    /** Sums `length` numbers from the present place on, and goes on behind them. */
    const sumTile = (length: number): Body => {
      const vectors = Math.ceil(length / 4);
      return [
        sums.slice(0, vectors).map((sum, v) => set(sum, v128.load(part, 16 * (v % kinds)))),
        set(from, pixels),
        set(tap, i32.add(part, tapBytes)),
        repeat(tapRows, kernel.height, [
          set(tapColumns, kernel.width),
          loop('taps', (again) => [
            addTap(vectors),
            increase(from, steps.tapColumn),
            increase(tap, tapBytes),
            increase(tapColumns, -1),
            branchIf(again, tapColumns),
          ]),
          increase(from, steps.tapRow - kernel.width * steps.tapColumn),
        ]),
        Array.from({ length: vectors }, (_, v) =>
          v128.storeLanes(y, activated(sums[v]!, { relu }), Math.min(4, length - 4 * v), 16 * v),
        ),
        increase(pixels, 4 * length),
        increase(y, 4 * length),
      ];
    };

    const movePart: Body = [
      increase(part, 16 * tile),
      when(i32.eq(part, i32.add(kernels, tapBytes)), set(part, kernels)),
    ];
    const wholeParts = Math.floor(rowLength / (4 * tile));
    const rest = rowLength % (4 * tile);
    return repeat(batch, batch, [
      repeat(rowsLeft, rows, [
        set(pixels, x),
        set(part, kernels),
        wholeParts > 0
          ? repeat(partsLeft, wholeParts, [sumTile(4 * tile), nextPart ? movePart : []])
          : [],
        rest > 0 ? sumTile(rest) : [],
        increase(x, steps.row),
      ]),
      increase(x, steps.image - rows * steps.row),
    ]);
  });
}

/**
 * Vectors in a tile, and how many vectors of weights differ in it: a tile is a multiple of the
 * period, or an equal part of it.
 */
function tiling(period: number): { readonly tile: number; readonly kinds: number } {
  const vectors = period / 4;
  if (vectors <= mostVectors) {
    return { tile: Math.floor(mostVectors / vectors) * vectors, kinds: vectors };
  }
  let tile = mostVectors;
  while (vectors % tile !== 0) tile -= 1;
  return { tile, kinds: tile };
}
