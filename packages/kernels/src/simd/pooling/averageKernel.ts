import {
  defineFunction,
  f32x4,
  makeLocals,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { walkParameters, WindowWalk, type Windows } from './windowWalk';

/**
 * `pool(x, y, batch, tapRows, tapColumns, share)`: the sum of each window, times `share`. Large windows
 * are summed row by row, and then the rows, which rounds far less than summing all in one go.
 */
export function averageKernel(windows: Windows): WasmFunction {
  const parameters = { x: 'i32', y: 'i32', ...walkParameters, share: 'f32' } as const;
  return defineFunction('pool', parameters, ({ x, y, share, ...walkLocals }, local) => {
    const walk = new WindowWalk(local, windows, { images: [x], results: [y] }, walkLocals);
    const to = walk.results[0]!;
    const rows = makeLocals(local, 'v128', 'row', 2);
    const totals = makeLocals(local, 'v128', 'total', 2);
    const shares = local('v128', 'shares');
    const inOneGo = windows.taps !== 'any';
    const average = (channels: number): Body => {
      const [total, row] = [totals, rows].map((all) => all.slice(0, Math.ceil(channels / 4)));
      const sums = inOneGo ? total! : row!;
      const clear = (vectors: typeof sums): Body =>
        vectors.map((vector) => set(vector, f32x4.const(0)));
      return [
        clear(total!),
        walk.overTaps(
          (at, offset) =>
            sums.map((sum, v) => set(sum, f32x4.add(sum, v128.load(at, offset + 16 * v)))),
          {
            aroundRow: (taps) => [
              clear(row!),
              taps,
              total!.map((vector, v) => set(vector, f32x4.add(vector, row![v]!))),
            ],
          },
        ),
        total!.map((vector, v) =>
          v128.storeLanes(to, f32x4.mul(vector, shares), Math.min(4, channels - 4 * v), 16 * v),
        ),
      ];
    };
    return [set(shares, f32x4.splat(share)), walk.overWindows(8, average)];
  });
}

/**
 * `pool(dx, dy, batch, tapRows, tapColumns, share)`: adds dy times `share` to all pixels of its window;
 * where no pixel is in two windows, writes it to them.
 */
export function averageGradientKernel(disjoint: boolean, windows: Windows): WasmFunction {
  const parameters = { dx: 'i32', dy: 'i32', ...walkParameters, share: 'f32' } as const;
  return defineFunction('pool', parameters, ({ dx, dy, share, ...walkLocals }, local) => {
    const walk = new WindowWalk(local, windows, { images: [dx], results: [dy] }, walkLocals);
    const from = walk.results[0]!;
    const slope = local('v128', 'slope');
    const shares = local('v128', 'shares');
    return [
      set(shares, f32x4.splat(share)),
      walk.overWindows(4, (channels) => [
        set(slope, f32x4.mul(v128.load(from), shares)),
        walk.overTaps((at, offset) => {
          const sum = disjoint ? slope : f32x4.add(v128.load(at, offset), slope);
          return v128.storeLanes(at, sum, channels, offset);
        }),
      ]),
    ];
  });
}
