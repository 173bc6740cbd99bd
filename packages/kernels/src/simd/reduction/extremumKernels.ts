import {
  defineFunction,
  f32x4,
  i32,
  increase,
  makeLocals,
  repeat,
  repeatWhile,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type WasmFunction,
} from '../wasm';

/** Enough vectors side by side that no comparison waits for the one before. */
const vectors = 4;

/**
 * The largest or the smallest of two numbers, and what every number comes before; not-a-number comes
 * before all, and 0 is larger than -0.
 */
function rule(kernel: 'max' | 'min') {
  const further = f32x4[kernel];
  return {
    ofNothing: f32x4.const(kernel === 'max' ? -Infinity : Infinity),
    take: (found: Local<'v128'>, numbers: Expression<'v128'>): Body =>
      set(found, further(found, numbers)),
  };
}

/**
 * `run(from, to, rows, rowStep, columns)`: the largest or smallest number of each row of a matrix,
 * whose rows begin `rowStep` bytes apart. The results follow each other without gaps.
 */
export function extremumRowsKernel(kernel: 'max' | 'min'): WasmFunction {
  const parameters = {
    from: 'i32',
    to: 'i32',
    rows: 'i32',
    rowStep: 'i32',
    columns: 'i32',
  } as const;
  const { ofNothing, take } = rule(kernel);
  return defineFunction('run', parameters, ({ from, to, rows, rowStep, columns }, local) => {
    const [at, left] = [local('i32', 'at'), local('i32', 'left')];
    const found = makeLocals(local, 'v128', 'found', vectors);
    const first = found[0]!;
    const forward = (numbers: number): Body => [
      increase(at, 4 * numbers),
      increase(left, -numbers),
    ];
    return repeat(rows, rows, [
      set(at, from),
      set(left, columns),
      found.map((vector) => set(vector, ofNothing)),
      repeatWhile(i32.geS(left, 4 * vectors), [
        found.map((vector, v) => take(vector, v128.load(at, 16 * v))),
        forward(4 * vectors),
      ]),
      repeatWhile(i32.geS(left, 4), [take(first, v128.load(at)), forward(4)]),
      repeatWhile(left, [take(first, v128.load32Splat(at)), forward(1)]),
      found.slice(1).map((vector) => take(first, vector)),
      take(first, f32x4.shuffle(first, first, [2, 3, 0, 1])),
      take(first, f32x4.shuffle(first, first, [1, 0, 3, 2])),
      v128.store32Lane(to, first, 0),
      increase(from, rowStep),
      increase(to, 4),
    ]);
  });
}

/**
 * `run(from, to, matrices, matrixStep, toStep, rows, rowStep)`: the largest or smallest numbers of up
 * to 32 columns of matrices, whose rows begin `rowStep` bytes apart; matrices begin `matrixStep` bytes
 * apart, their results `toStep`.
 */
export function extremumColumnsKernel(kernel: 'max' | 'min', columns: number): WasmFunction {
  const parameters = {
    from: 'i32',
    to: 'i32',
    matrices: 'i32',
    matrixStep: 'i32',
    toStep: 'i32',
    rows: 'i32',
    rowStep: 'i32',
  } as const;
  const { ofNothing, take } = rule(kernel);
  return defineFunction('run', parameters, (p, local) => {
    const [at, left] = [local('i32', 'at'), local('i32', 'left')];
    const found = makeLocals(local, 'v128', 'found', Math.ceil(columns / 4));
    return repeat(p.matrices, p.matrices, [
      set(at, p.from),
      found.map((vector) => set(vector, ofNothing)),
      repeat(left, p.rows, [
        found.map((vector, v) => take(vector, v128.load(at, 16 * v))),
        increase(at, p.rowStep),
      ]),
      found.map((vector, v) => v128.storeLanes(p.to, vector, Math.min(4, columns - 4 * v), 16 * v)),
      increase(p.from, p.matrixStep),
      increase(p.to, p.toStep),
    ]);
  });
}
