import {
  defineFunction,
  f32x4,
  f64x2,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type WasmFunction,
} from '../wasm';

/** Which sums, with c = x - shift: of c and c^2, or of dy and dy c. */
export type SumsKind = 'moments' | 'gradient';

/** Vectors of columns that are summed together: their sums take eight registers. */
const vectors = 2;

const halves = [0, 1] as const;

/** Bytes of the sums of one vector of columns: twice four numbers of double precision. */
const sumsBytes = 64;

/**
 * `run(x, dy, shifts, sums, rows, rowStep, chunks)`: adds to `sums` those of so many times eight
 * columns of x and dy, whose rows begin `rowStep` bytes apart. For each vector of columns come four
 * sums of the numbers, then four of the products. All is computed in double precision. For moments,
 * `dy` is not used.
 */
export function columnSumsKernel(kind: SumsKind): WasmFunction {
  const parameters = {
    x: 'i32',
    dy: 'i32',
    shifts: 'i32',
    sums: 'i32',
    rows: 'i32',
    rowStep: 'i32',
    chunks: 'i32',
  } as const;
  return defineFunction('run', parameters, (p, local) => {
    const [at, dyAt, left] = [local('i32', 'at'), local('i32', 'dyAt'), local('i32', 'left')];
    const columns = Array.from({ length: vectors }, (_, v) => ({
      totals: makeLocals(local, 'v128', `total${v}_`, 4),
      shifts: makeLocals(local, 'v128', `shift${v}_`, 2),
    }));
    const [xs, slopes] = [local('v128', 'xs'), local('v128', 'slopes')];
    const [centred, number] = [local('v128', 'centred'), local('v128', 'number')];
    const summand = kind === 'moments' ? centred : number;
    const addVector = (v: number): Body => {
      const { totals, shifts } = columns[v]!;
      return [
        set(xs, v128.load(at, 16 * v)),
        kind === 'moments' ? [] : set(slopes, v128.load(dyAt, 16 * v)),
        halves.map((half) => [
          set(centred, f64x2.sub(halfOf(xs, half), shifts[half]!)),
          kind === 'moments' ? [] : set(number, halfOf(slopes, half)),
          set(totals[half]!, f64x2.add(totals[half]!, summand)),
          set(totals[2 + half]!, f64x2.add(totals[2 + half]!, f64x2.mul(summand, centred))),
        ]),
      ];
    };
    return repeat(p.chunks, p.chunks, [
      columns.map(({ totals, shifts }, v) => [
        totals.map((total, i) => set(total, v128.load(p.sums, sumsBytes * v + 16 * i))),
        set(xs, v128.load(p.shifts, 16 * v)),
        halves.map((half) => set(shifts[half]!, halfOf(xs, half))),
      ]),
      set(at, p.x),
      set(dyAt, p.dy),
      repeat(left, p.rows, [
        columns.map((_, v) => addVector(v)),
        increase(at, p.rowStep),
        increase(dyAt, p.rowStep),
      ]),
      columns.map(({ totals }, v) =>
        totals.map((total, i) => v128.store(p.sums, total, sumsBytes * v + 16 * i)),
      ),
      [p.x, p.dy, p.shifts].map((address) => increase(address, 16 * vectors)),
      increase(p.sums, sumsBytes * vectors),
    ]);
  });
}

/** Two of four numbers in double precision. */
function halfOf(numbers: Local<'v128'>, half: 0 | 1): Expression<'v128'> {
  return f64x2.promoteLow(half === 0 ? numbers : f32x4.shuffle(numbers, numbers, [2, 3, 2, 3]));
}
