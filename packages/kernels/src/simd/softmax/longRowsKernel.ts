import type { RowKernel } from '../../backend';
import { logFormula, setExpOfNegative } from '../elementwise/transcendental';
import { blockLength, DoubleSum } from '../reduction/doubleSum';
import {
  defineFunction,
  f32x4,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';
import { maskedVector, setLarger, spreadLargest } from './rowParts';

/** Vectors handled in one turn of a loop that does little with each. */
const unroll = 4;

/**
 * `run(from, to, rows)`: softmax or logSoftmax of rows of so many columns, which follow each other
 * without gaps. Each row is walked three times while it lies in the cache: for its maximum, for the
 * powers and their sum, and for the result. The last vector of a row may write a few numbers too
 * many, which the next row overwrites, or, behind the last one, nobody reads.
 */
export function longRowsKernel(kernel: RowKernel, columns: number): WasmFunction {
  const parameters = { from: 'i32', to: 'i32', rows: 'i32' } as const;
  return defineFunction('run', parameters, ({ from, to, rows }, local) => {
    const row = new LongRow(local, columns);
    const [largest, total] = [local('v128', 'largest'), local('v128', 'total')];
    const logarithm = logFormula([total], local);
    const scaled = (numbers: Local<'v128'>): Body =>
      kernel === 'softmax'
        ? set(numbers, f32x4.mul(numbers, total))
        : set(numbers, f32x4.sub(f32x4.sub(numbers, largest), total));
    return repeat(rows, rows, [
      row.findLargest(from, largest),
      row.addPowers(from, largest, { total, to: kernel === 'softmax' ? to : undefined }),
      kernel === 'softmax'
        ? set(total, f32x4.div(f32x4.const(1), total))
        : [logarithm.first, set(total, logarithm.value)],
      row.map(kernel === 'softmax' ? to : from, to, scaled),
      increase(from, 4 * columns),
      increase(to, 4 * columns),
    ]);
  });
}

/** Walks over a row, vector by vector; the numbers of columns that do not fill a vector come last. */
class LongRow {
  private readonly whole: number;
  private readonly live: number;
  private readonly numbers: Local<'v128'>;
  private readonly at: Local<'i32'>;
  private readonly put: Local<'i32'>;
  private readonly turns: Local<'i32'>;

  constructor(
    private readonly local: MakeLocal,
    columns: number,
  ) {
    this.whole = Math.floor(columns / 4);
    this.live = columns % 4;
    this.numbers = local('v128', 'numbers');
    [this.at, this.put, this.turns] = ['at', 'put', 'turns'].map((name) => local('i32', name)) as [
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
    ];
  }

  /** Sets all of `largest` to the largest number of the row, NaN left out. */
  findLargest(from: Local<'i32'>, largest: Local<'v128'>): Body {
    const { at, turns, whole, live } = this;
    const others = makeLocals(this.local, 'v128', 'largest', unroll - 1);
    const all = [largest, ...others];
    const last = whole % unroll;
    return [
      all.map((local) => set(local, f32x4.const(-Infinity))),
      set(at, from),
      repeat(turns, Math.floor(whole / unroll), [
        all.map((local, v) => setLarger(local, v128.load(at, 16 * v))),
        increase(at, 16 * unroll),
      ]),
      all.slice(0, last).map((local, v) => setLarger(local, v128.load(at, 16 * v))),
      live > 0 ? setLarger(largest, maskedVector(v128.load(at, 16 * last), live)) : [],
      others.map((local) => setLarger(largest, local)),
      spreadLargest(largest),
    ];
  }

  /** Sets all of `total` to the sum of exp(x - largest); the powers go to `to`, if it is given. */
  addPowers(
    from: Local<'i32'>,
    largest: Local<'v128'>,
    result: { readonly total: Local<'v128'>; readonly to: Local<'i32'> | undefined },
  ): Body {
    const { at, put, turns, numbers, whole, live, local } = this;
    const [sum, blocks] = [local('v128', 'sum'), local('i32', 'blocks')];
    const total = new DoubleSum(local, 'total');
    const { to } = result;
    const addPower = (lanes = 4): Body => {
      const loaded = v128.load(at);
      return [
        set(numbers, f32x4.sub(lanes < 4 ? maskedVector(loaded, lanes) : loaded, largest)),
        setExpOfNegative(numbers, local),
        to === undefined ? [] : v128.store(put, numbers),
        set(sum, f32x4.add(sum, numbers)),
      ];
    };
    const block = (vectors: number, after: Body = []): Body => [
      set(sum, f32x4.const(0)),
      vectors === 0
        ? []
        : repeat(turns, vectors, [
            addPower(),
            increase(at, 16),
            to === undefined ? [] : increase(put, 16),
          ]),
      after,
      total.add(sum),
    ];
    const last = whole % blockLength;
    return [
      set(at, from),
      to === undefined ? [] : set(put, to),
      total.begin(),
      whole < blockLength
        ? []
        : repeat(blocks, Math.floor(whole / blockLength), block(blockLength)),
      last + live === 0 ? [] : block(last, live > 0 ? addPower(live) : []),
      set(numbers, total.roundedTotal()),
      set(result.total, f32x4.shuffle(numbers, numbers, [0, 0, 0, 0])),
    ];
  }

  /** Applies `change` to every vector between `from` and `to`. */
  map(from: Local<'i32'>, to: Local<'i32'>, change: (numbers: Local<'v128'>) => Body): Body {
    const { at, put, turns, numbers, whole, live } = this;
    const vectors = whole + (live > 0 ? 1 : 0);
    const one = (v: number): Body => [
      set(numbers, v128.load(at, 16 * v)),
      change(numbers),
      v128.store(put, numbers, 16 * v),
    ];
    return [
      set(at, from),
      set(put, to),
      repeat(turns, Math.floor(vectors / unroll), [
        Array.from({ length: unroll }, (_, v) => one(v)),
        increase(at, 16 * unroll),
        increase(put, 16 * unroll),
      ]),
      Array.from({ length: vectors % unroll }, (_, v) => one(v)),
    ];
  }
}
