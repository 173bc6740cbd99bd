import { defineFunction, makeLocals, set, v128, type WasmFunction } from '../wasm';
import { larger } from '../larger';
import { walkParameters, WindowWalk, type Windows } from './windowWalk';

/** `pool(x, y, batch, tapRows, tapColumns)`: the largest number of each window. */
export function maxKernel(windows: Windows): WasmFunction {
  const parameters = { x: 'i32', y: 'i32', ...walkParameters } as const;
  return defineFunction('pool', parameters, ({ x, y, ...walkLocals }, local) => {
    const walk = new WindowWalk(local, windows, { images: [x], results: [y] }, walkLocals);
    const number = local('v128', 'number');
    const largest = makeLocals(local, 'v128', 'largest', 2);
    const [first, to] = [walk.images[0]!, walk.results[0]!];
    return walk.overWindows(8, (channels) => {
      const vectors = largest.slice(0, Math.ceil(channels / 4));
      return [
        vectors.map((vector, v) => set(vector, v128.load(first, 16 * v))),
        walk.overTaps(
          (at, offset) =>
            vectors.map((vector, v) => [
              set(number, v128.load(at, offset + 16 * v)),
              set(vector, larger(vector, number)),
            ]),
          { skipFirst: true },
        ),
        vectors.map((vector, v) =>
          v128.storeLanes(to, vector, Math.min(4, channels - 4 * v), 16 * v),
        ),
      ];
    });
  });
}
