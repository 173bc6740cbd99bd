import { activated } from '../epilogue/ending';
import { Tile } from '../tile';
import {
  defineFunction,
  f32x4,
  i32,
  increase,
  repeatWhile,
  set,
  v128,
  when,
  type Body,
  type Local,
  type WasmFunction,
} from '../wasm';

/** A product whose operands are read where they lie, a strip of columns at a time; steps in elements. */
export interface InPlaceProduct {
  /** Columns of a strip of b and of the result, at most 32; those of b lie next to each other. */
  readonly columns: number;
  /** Products that are added to each sum of a strip before the next are. */
  readonly deep: number;
  /** Not negative. */
  readonly aRowStep: number;
  readonly aColumnStep: number;
  readonly bRowStep: number;
  readonly outRowStep: number;
  /** If it is not 1, `depth` must not exceed `deep`: sums are then written, and never read again. */
  readonly outColumnStep: number;
  /** Whether the sums begin with a number for each column. */
  readonly bias: boolean;
  /** Whether sums below 0 become 0 in the end. */
  readonly relu: boolean;
}

/** Vectors of sums that stay in registers. */
const mostSums = 8;
/** More rows would make the code longer, and share the columns no better. */
const mostRows = 8;

/**
 * `inPlace(a, b, bias, out, m, depth, width, block)`: m rows of the product, and of each `width` bytes of
 * columns of b, `block` bytes at a time; both are whole strips. Within a block, row follows row, so that
 * the result is written in long pieces while the columns stay in the first-level cache. Numbers behind a
 * row of b, and behind the bias, are read and not used.
 */
export function inPlaceKernel(product: InPlaceProduct): WasmFunction {
  const { columns, deep, aRowStep, aColumnStep, bRowStep, bias, relu } = product;
  const { outRowStep, outColumnStep } = product;
  const vectors = Math.ceil(columns / 4);
  const rowsAtOnce = Math.min(mostRows, Math.max(1, Math.floor(mostSums / vectors)));
  const parameters = {
    a: 'i32',
    b: 'i32',
    bias: 'i32',
    out: 'i32',
    m: 'i32',
    depth: 'i32',
    width: 'i32',
    block: 'i32',
  } as const;
  return defineFunction('inPlace', parameters, (p, local) => {
    const [rowsLeft, depthLeft, count] = [
      local('i32', 'rowsLeft'),
      local('i32', 'depthLeft'),
      local('i32', 'count'),
    ];
    const [row, column, to] = [local('i32', 'row'), local('i32', 'column'), local('i32', 'to')];
    // How many bytes of columns of the block lie before the strip.
    const strip = local('i32', 'strip');
    const pair = local('v128', 'pair');
    const isFirst = i32.eq(depthLeft, p.depth);
    const isLast = i32.eq(depthLeft, count);
    const biases = Array.from({ length: vectors }, (_, v) =>
      v128.load(i32.add(p.bias, strip), 16 * v),
    );

    const someRows = (number: number): Body => {
      const offsets = Array.from({ length: number }, (_, i) => 4 * i * aRowStep);
      const tile = new Tile(local, offsets, vectors);
      const activate = tile.sums.flat().map((sum) => set(sum, activated(sum, { relu })));
      return repeatWhile(i32.geS(rowsLeft, number), [
        set(strip, 0),
        repeatWhile(i32.ltU(strip, p.block), [
          set(to, i32.add(p.out, i32.mul(strip, outColumnStep))),
          when(isFirst, tile.begin(bias ? biases : undefined), tile.load(to, 4 * outRowStep)),
          set(row, p.a),
          set(column, i32.add(p.b, strip)),
          tile.addProducts({
            row,
            rowStep: 4 * aColumnStep,
            column,
            columnStep: 4 * bRowStep,
            count,
          }),
          relu ? when(isLast, activate) : [],
          storeSums(tile, { to, columns, rowStep: outRowStep, columnStep: outColumnStep }, pair),
          increase(strip, 4 * columns),
        ]),
        increase(p.a, 4 * number * aRowStep),
        increase(p.out, 4 * number * outRowStep),
        increase(rowsLeft, -number),
      ]);
    };
    /** All rows, as many products of each sum as stay in the first-level cache. */
    const part: Body = [
      set(count, depthLeft),
      when(i32.ltU(deep, depthLeft), set(count, deep)),
      set(rowsLeft, p.m),
      someRows(rowsAtOnce),
      rowsAtOnce > 1 ? someRows(1) : [],
      increase(p.a, i32.sub(i32.mul(count, 4 * aColumnStep), i32.mul(p.m, 4 * aRowStep))),
      increase(p.b, i32.mul(count, 4 * bRowStep)),
      increase(p.out, i32.mul(p.m, -4 * outRowStep)),
      set(depthLeft, i32.sub(depthLeft, count)),
    ];
    // Addresses go on by whole blocks; what was added on the way is taken away again.
    return repeatWhile(p.width, [
      when(i32.ltU(p.width, p.block), set(p.block, p.width)),
      set(depthLeft, p.depth),
      repeatWhile(depthLeft, part),
      increase(p.a, i32.mul(p.depth, -4 * aColumnStep)),
      increase(p.b, i32.sub(p.block, i32.mul(p.depth, 4 * bRowStep))),
      increase(p.out, i32.mul(p.block, outColumnStep)),
      increase(p.bias, p.block),
      set(p.width, i32.sub(p.width, p.block)),
    ]);
  });
}

/** Where a tile goes; steps in elements. */
interface Target {
  readonly to: Local<'i32'>;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Writes sums, by rows; or else by columns, the numbers of two rows at a time. */
function storeSums({ sums }: Tile, target: Target, pair: Local<'v128'>): Body {
  const { to, columns, rowStep, columnStep } = target;
  if (columnStep === 1) {
    return sums.map((row, i) =>
      row.map((sum, v) =>
        v128.storeLanes(to, sum, Math.min(4, columns - 4 * v), 4 * i * rowStep + 16 * v),
      ),
    );
  }
  const offsetOf = (row: number, column: number): number => 4 * (row + column * columnStep);
  return sums.map((row, i) =>
    row.map((sum, v) => {
      const lanes = [0, 1, 2, 3].slice(0, columns - 4 * v);
      const next = sums[i + 1]?.[v];
      if (i % 2 === 1) return [];
      if (next === undefined) {
        return lanes.map((lane) => v128.store32Lane(to, sum, lane, offsetOf(i, 4 * v + lane)));
      }
      return lanes.map((lane) => [
        lane === 0 ? set(pair, f32x4.shuffle(sum, next, [0, 4, 1, 5])) : [],
        lane === 2 ? set(pair, f32x4.shuffle(sum, next, [2, 6, 3, 7])) : [],
        v128.store64Lane(to, pair, lane % 2, offsetOf(i, 4 * v + lane)),
      ]);
    }),
  );
}
