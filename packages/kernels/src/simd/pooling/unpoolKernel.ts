import {
  defineFunction,
  i16x8,
  i32x4,
  increase,
  repeat,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';

/** Images whose pixels are pooled in squares of 2x2. */
export interface Squares {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * `unpool(dy, places, dx, batch)`: writes each number of dy to the pixel of its square that `places`
 * names, if any, and 0 to the others.
 */
export function unpoolKernel({ height, width, channels }: Squares): WasmFunction {
  const parameters = { dy: 'i32', places: 'i32', dx: 'i32', batch: 'i32' } as const;
  return defineFunction('unpool', parameters, ({ dy, places, dx, batch }, local) => {
    const [rows, columns, left] = [
      local('i32', 'rows'),
      local('i32', 'columns'),
      local('i32', 'left'),
    ];
    const [number, place] = [local('v128', 'number'), local('v128', 'place')];
    const pixel = 4 * channels;
    const row = width * pixel;

    const spread = (count: number): Body => [
      set(number, v128.load(dy)),
      set(place, i32x4.extendLow(i16x8.extendLow(v128.load32Zero(places)))),
      [0, pixel, row, row + pixel].map((offset, at) =>
        v128.storeLanes(dx, v128.and(number, i32x4.eq(place, i32x4.const(at))), count, offset),
      ),
      increase(dy, 4 * count),
      increase(places, count),
      increase(dx, 4 * count),
    ];

    const [whole, rest] = [channels >> 2, channels % 4];
    return repeat(batch, batch, [
      repeat(rows, height >> 1, [
        repeat(columns, width >> 1, [
          whole > 0 ? repeat(left, whole, spread(4)) : [],
          rest > 0 ? spread(rest) : [],
          increase(dx, pixel),
        ]),
        increase(dx, row + (width % 2) * pixel),
      ]),
      increase(dx, (height % 2) * row),
    ]);
  });
}
