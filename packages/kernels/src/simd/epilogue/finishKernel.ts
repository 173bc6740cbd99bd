import {
  defineFunction,
  f32x4,
  increase,
  makeLocals,
  repeat,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { activated, SquareEnding, type Ending } from './ending';

/** What is left to do with the sums of a convolution, [rows, width, channels]. */
export interface Finish {
  readonly width: number;
  readonly channels: number;
  readonly ending: Ending;
}

/** Channels that are finished together: two vectors. */
const panel = 8;

/**
 * `finish(sums, bias, y, places, rows)`: applies an epilogue to rows of sums, in place if nothing is
 * pooled; otherwise `rows` counts pairs of rows. Numbers behind the bias are read and not used.
 */
export function finishKernel({ width, channels, ending }: Finish): WasmFunction {
  const pooled = ending.maxPool !== 'none';
  const parameters = { sums: 'i32', bias: 'i32', y: 'i32', places: 'i32', rows: 'i32' } as const;
  return defineFunction('finish', parameters, ({ sums, bias, y, places, rows }, local) => {
    const [pixels, panels, addends] = [
      local('i32', 'pixels'),
      local('i32', 'panels'),
      local('i32', 'addends'),
    ];
    const pixel = 4 * channels;
    const offsets = pooled ? [0, pixel, width * pixel, (width + 1) * pixel] : [0];
    const square = pooled ? new SquareEnding(local, ending) : undefined;

    const finishPanel = (count: number): Body => {
      const vectors = Math.ceil(count / 4);
      const values = offsets.map((_, i) => makeLocals(local, 'v128', `sum${i}_`, vectors));
      return [
        values.map((pixelSums, i) =>
          pixelSums.map((sum, v) => {
            const loaded = v128.load(sums, offsets[i]! + 16 * v);
            return set(sum, ending.bias ? f32x4.add(loaded, v128.load(addends, 16 * v)) : loaded);
          }),
        ),
        square === undefined
          ? values[0]!.map((sum, v) =>
              v128.storeLanes(y, activated(sum, ending), Math.min(4, count - 4 * v), 16 * v),
            )
          : square.store(values, {
              to: y,
              places,
              channels: count,
            }),
        increase(sums, 4 * count),
        increase(addends, 4 * count),
        increase(y, 4 * count),
        increase(places, count),
      ];
    };

    const [whole, rest] = [Math.floor(channels / panel), channels % panel];
    return repeat(rows, rows, [
      repeat(pixels, pooled ? width >> 1 : width, [
        set(addends, bias),
        whole > 0 ? repeat(panels, whole, finishPanel(panel)) : [],
        rest > 0 ? finishPanel(rest) : [],
        pooled ? increase(sums, pixel) : [],
      ]),
      pooled ? increase(sums, pixel * (width + (width % 2))) : [],
    ]);
  });
}
