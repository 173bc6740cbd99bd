import {
  defineFunction,
  f32x4,
  i32,
  i32x4,
  increase,
  makeLocals,
  multiplyAdd,
  repeat,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type WasmFunction,
} from '../wasm';

/** The filter gradient of a convolution in which each channel has one kernel of its own. */
export interface DepthwiseGradient {
  /** Numbers in a row of dy: its width times its channels. */
  readonly rowLength: number;
  /** After so many numbers along a row, a multiple of four, the same channels come again. */
  readonly period: number;
  readonly kernel: { readonly height: number; readonly width: number };
  /** Bytes of x between neighbouring taps along both axes, and between output rows. */
  readonly x: { readonly tapRow: number; readonly tapColumn: number; readonly row: number };
}

/** Vectors of sums that are in registers at a time. */
const mostSums = 8;

/**
 * `accumulate(x, dy, sums, rows)`: adds to the gradient of each tap the products of dy with x, shifted
 * by the tap, over some rows, number by number: `period` sums for each tap, [tapRow, tapColumn, period],
 * which the caller adds up by channel.
 */
export function depthwiseGradientKernel(gradient: DepthwiseGradient): WasmFunction {
  const { rowLength, period, kernel, x: steps } = gradient;
  const parameters = { x: 'i32', dy: 'i32', sums: 'i32', rows: 'i32' } as const;
  return defineFunction('accumulate', parameters, ({ x, dy, sums, rows }, local) => {
    const pool = makeLocals(local, 'v128', 'sum', mostSums);
    const slope = local('v128', 'slope');
    const [tap, taps, to] = [local('i32', 'tap'), local('i32', 'taps'), local('i32', 'to')];
    const [from, slopes] = [local('i32', 'from'), local('i32', 'slopes')];
    const [tapRows, left, turns] = [
      local('i32', 'tapRows'),
      local('i32', 'rowsLeft'),
      local('i32', 'turns'),
    ];

    const [shift, vectors] = [local('i32', 'shift'), local('i32', 'vectors')];

    /** Adds the products of one vector of dy to a set of sums, one for each tap. */
    const addVector = (set_: readonly Local<'v128'>[], at: number, lanes: number): Body => [
      set(slope, kept(v128.load(slopes, at), lanes)),
      set_.map((sum, t) => {
        const seen = kept(v128.load(from, at + t * steps.tapColumn), lanes);
        return set(sum, multiplyAdd(slope, seen, sum));
      }),
    ];
    const forward = (bytes: number): Body => [increase(from, bytes), increase(slopes, bytes)];

    /**
     * The gradients of some neighbouring taps, for one vector of the period; behind the
     * last whole period of a row, so many of its lanes count.
     */
    const sumTaps = (count: number, lanes: number): Body => {
      const sets = Math.min(4, Math.floor(mostSums / count));
      const setOf = (i: number) => pool.slice(i * count, (i + 1) * count);
      const periods = Math.floor(rowLength / period);
      const together = Math.floor(periods / sets);
      const single = periods % sets;
      return [
        pool.slice(0, sets * count).map((sum) => set(sum, f32x4.const(0))),
        set(from, i32.add(taps, shift)),
        set(slopes, i32.add(dy, shift)),
        repeat(left, rows, [
          together > 0
            ? repeat(turns, together, [
                Array.from({ length: sets }, (_, i) => addVector(setOf(i), 4 * period * i, 4)),
                forward(4 * period * sets),
              ])
            : [],
          Array.from({ length: single }, (_, i) => addVector(setOf(i), 4 * period * i, 4)),
          lanes > 0 ? addVector(setOf(0), 4 * period * single, lanes) : [],
          increase(from, steps.row - 4 * period * sets * together),
          increase(slopes, 4 * rowLength - 4 * period * sets * together),
        ]),
        setOf(0).map((_, t) => {
          const at = 4 * period * t;
          const parts = Array.from({ length: sets }, (_, i) => setOf(i)[t]!);
          return v128.store(to, parts.reduce<Expression<'v128'>>(f32x4.add, v128.load(to, at)), at);
        }),
      ];
    };

    const nextVector: Body = [increase(shift, 16), increase(to, 16)];
    const lanesBehind = (vector: number) =>
      Math.max(0, Math.min(4, (rowLength % period) - 4 * vector));
    const sumGroup = (count: number): Body => [
      set(shift, 0),
      rowLength % period === 0
        ? repeat(vectors, period / 4, [sumTaps(count, 0), nextVector])
        : Array.from({ length: period / 4 }, (_, vector) => [
            sumTaps(count, lanesBehind(vector)),
            nextVector,
          ]),
      increase(taps, count * steps.tapColumn),
      increase(to, 4 * period * (count - 1)),
    ];

    const wholeGroups = Math.floor(kernel.width / mostSums);
    const rest = kernel.width % mostSums;
    const groups = local('i32', 'groups');
    return [
      set(tap, x),
      set(to, sums),
      repeat(tapRows, kernel.height, [
        set(taps, tap),
        wholeGroups > 0 ? repeat(groups, wholeGroups, sumGroup(mostSums)) : [],
        rest > 0 ? sumGroup(rest) : [],
        increase(tap, steps.tapRow),
      ]),
    ];
  });
}

/** The first lanes of a vector, the others 0: not even a product with 0 is harmless, of infinity. */
function kept(value: ReturnType<typeof v128.load>, lanes: number) {
  if (lanes === 4) return value;
  const [a, b, c, d] = [0, 1, 2, 3].map((lane) => (lane < lanes ? -1 : 0));
  return v128.and(value, i32x4.const(a!, b!, c!, d!));
}
