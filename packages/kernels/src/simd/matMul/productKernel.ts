import {
  defineFunction,
  f32,
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
import { Tile, tileColumns, tileRows } from '../tile';

/**
 * `product(a, b, c, cStep, m, n, depth, accumulate, spare)`: the product of packed rows a and packed
 * columns b, written or, if `accumulate` is not 0, added to c [m, n], whose rows are `cStep` bytes
 * apart. At `spare` there is room for one tile.
 */
export function productKernel(): WasmFunction {
  const parameters = {
    a: 'i32',
    b: 'i32',
    c: 'i32',
    cStep: 'i32',
    m: 'i32',
    n: 'i32',
    depth: 'i32',
    accumulate: 'i32',
    spare: 'i32',
  } as const;
  return defineFunction('product', parameters, (p, local) => {
    const rowOffsets = Array.from({ length: tileRows }, (_, row) => 4 * row);
    const tile = new Tile(local, rowOffsets, tileColumns / 4);
    const [rowsLeft, columnsLeft] = [local('i32', 'rowsLeft'), local('i32', 'columnsLeft')];
    const [rowPanel, at] = [local('i32', 'rowPanel'), local('i32', 'at')];
    const columnPanel = local('i32', 'columnPanel');
    const [to, from, i, j] = ['to', 'from', 'i', 'j'].map((name) => local('i32', name)) as [
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
    ];
    const storeWhole = (add: boolean): Body => [
      set(to, at),
      tile.sums.map((row) => [
        row.map((sum, v) =>
          v128.store(to, add ? f32x4.add(v128.load(to, 16 * v), sum) : sum, 16 * v),
        ),
        increase(to, p.cStep),
      ]),
    ];
    const number = f32.load(from);
    const storePart: Body = [
      tile.sums.map((row, r) =>
        row.map((sum, v) => v128.store(p.spare, sum, 4 * tileColumns * r + 16 * v)),
      ),
      set(i, 0),
      repeatWhile(i32.and(i32.ltS(i, rowsLeft), i32.ltS(i, tileRows)), [
        set(to, i32.add(at, i32.mul(i, p.cStep))),
        set(from, i32.add(p.spare, i32.mul(i, 4 * tileColumns))),
        set(j, 0),
        repeatWhile(i32.and(i32.ltS(j, columnsLeft), i32.ltS(j, tileColumns)), [
          when(p.accumulate, f32.store(to, f32.add(f32.load(to), number)), f32.store(to, number)),
          increase(to, 4),
          increase(from, 4),
          increase(j, 1),
        ]),
        increase(i, 1),
      ]),
    ];
    const whole = i32.and(i32.geS(rowsLeft, tileRows), i32.geS(columnsLeft, tileColumns));
    return [
      set(columnsLeft, p.n),
      repeatWhile(i32.gtS(columnsLeft, 0), [
        set(rowsLeft, p.m),
        set(rowPanel, p.a),
        set(at, p.c),
        repeatWhile(i32.gtS(rowsLeft, 0), [
          set(columnPanel, p.b),
          tile.begin(),
          tile.addProducts({
            row: rowPanel,
            rowStep: 4 * tileRows,
            column: columnPanel,
            columnStep: 4 * tileColumns,
            count: p.depth,
          }),
          when(whole, when(p.accumulate, storeWhole(true), storeWhole(false)), storePart),
          increase(at, i32.mul(p.cStep, tileRows)),
          increase(rowsLeft, -tileRows),
        ]),
        increase(p.b, i32.mul(p.depth, 4 * tileColumns)),
        increase(p.c, 4 * tileColumns),
        increase(columnsLeft, -tileColumns),
      ]),
    ];
  });
}
