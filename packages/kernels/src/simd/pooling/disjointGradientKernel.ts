import { defineFunction, f32x4, makeLocals, set, v128, type WasmFunction } from '../wasm';
import { larger } from '../larger';
import { walkParameters, WindowWalk, type Windows } from './windowWalk';

/** Pixels of the largest windows that fit into registers. */
export const mostDisjointTaps = 4;

/**
 * `pool(x, dx, dy, batch, tapRows, tapColumns)`: the input gradient of max pooling where no pixel is
 * in two windows, made for windows of a few pixels: each is written once, dy where it is the maximum,
 * and 0 elsewhere.
 */
export function disjointGradientKernel(windows: Windows): WasmFunction {
  const parameters = { x: 'i32', dx: 'i32', dy: 'i32', ...walkParameters } as const;
  return defineFunction('pool', parameters, ({ x, dx, dy, ...walkLocals }, local) => {
    const walk = new WindowWalk(local, windows, { images: [x, dx], results: [dy] }, walkLocals);
    const [to, from] = [walk.images[1]!, walk.results[0]!];
    const numbers = makeLocals(local, 'v128', 'number', mostDisjointTaps);
    const [largest, slope, isLargest] = [
      local('v128', 'largest'),
      local('v128', 'slope'),
      local('v128', 'isLargest'),
    ];
    return walk.overWindows(4, (channels) => {
      const offsets: number[] = [];
      const loads = walk.overTaps((at, offset) => {
        offsets.push(offset);
        return set(numbers[offsets.length - 1]!, v128.load(at, offset));
      });
      const window = numbers.slice(0, offsets.length);
      return [
        loads,
        set(largest, window[0]!),
        window.slice(1).map((number) => set(largest, larger(largest, number))),
        set(slope, v128.load(from)),
        window.map((number, i) => [
          // NaN equals nothing; then the largest is NaN too.
          set(isLargest, v128.or(f32x4.eq(number, largest), f32x4.ne(number, number))),
          v128.storeLanes(to, v128.and(slope, isLargest), channels, offsets[i]),
          // Whoever comes first takes it; nothing is left for ties.
          set(slope, v128.andNot(slope, isLargest)),
        ]),
      ];
    });
  });
}
