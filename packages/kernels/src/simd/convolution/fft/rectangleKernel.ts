import {
  defineFunction,
  f32x4,
  i32,
  increase,
  memory,
  repeat,
  repeatWhile,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../../wasm';

/**
 * `name(from, to, rows, columns, fromRow, toRow, fromColumn, toColumn, factor, check)`: copies a
 * rectangle, times a factor; the steps between rows and between columns are in bytes. Four numbers at
 * `check` become NaN if any number copied is infinite or NaN, else they stay what they were.
 * `contiguous` says that neither side has gaps between columns.
 */
export function rectangleKernel(
  name: string,
  { contiguous }: { readonly contiguous: boolean },
): WasmFunction {
  const parameters = {
    from: 'i32',
    to: 'i32',
    rows: 'i32',
    columns: 'i32',
    fromRow: 'i32',
    toRow: 'i32',
    fromColumn: 'i32',
    toColumn: 'i32',
    factor: 'f32',
    check: 'i32',
  } as const;
  return defineFunction(name, parameters, (p, local) => {
    const [source, target, left] = [
      local('i32', 'source'),
      local('i32', 'target'),
      local('i32', 'left'),
    ];
    const [value, factors, found] = [
      local('v128', 'value'),
      local('v128', 'factors'),
      local('v128', 'found'),
    ];
    // x - x is 0 for all numbers but these.
    const check = set(found, f32x4.add(found, f32x4.sub(value, value)));
    const copyFour: Body = [
      set(value, f32x4.mul(v128.load(source), factors)),
      check,
      v128.store(target, value),
      [increase(source, 16), increase(target, 16), increase(left, -4)],
    ];
    const copyOne: Body = [
      set(value, f32x4.mul(v128.load32Zero(source), factors)),
      check,
      v128.store32Lane(target, value, 0),
      [increase(source, p.fromColumn), increase(target, p.toColumn), increase(left, -1)],
    ];
    return [
      set(factors, f32x4.splat(p.factor)),
      set(found, v128.load(p.check)),
      repeat(p.rows, p.rows, [
        [set(source, p.from), set(target, p.to), set(left, p.columns)],
        contiguous ? repeatWhile(i32.geS(left, 4), copyFour) : [],
        repeatWhile(left, copyOne),
        [increase(p.from, p.fromRow), increase(p.to, p.toRow)],
      ]),
      v128.store(p.check, found),
    ];
  });
}

/** `clear(at, bytes)`: sets bytes to 0. */
export function clearKernel(): WasmFunction {
  return defineFunction('clear', { at: 'i32', bytes: 'i32' }, ({ at, bytes }) =>
    memory.fill(at, 0, bytes),
  );
}
