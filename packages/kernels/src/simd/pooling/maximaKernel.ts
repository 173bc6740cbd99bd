import {
  defineFunction,
  f32,
  f32x4,
  i32,
  i32x4,
  set,
  v128,
  type Body,
  type WasmFunction,
} from '../wasm';
import { walkParameters, WindowWalk, type Windows } from './windowWalk';

/**
 * `pool(x, other, y, places, batch, tapRows, tapColumns)`: finds where the windows of x have their
 * maxima. `'take'` takes to y what stands there in `other`, shaped like x; `'add'` adds y to it.
 * Numbers are found four channels at a time, and moved one by one by way of the 16 bytes at `places`.
 */
export function maximaKernel(move: 'take' | 'add', windows: Windows): WasmFunction {
  const operands = { x: 'i32', other: 'i32', y: 'i32', places: 'i32' } as const;
  const parameters = { ...operands, ...walkParameters } as const;
  return defineFunction('pool', parameters, ({ x, other, y, places, ...walkLocals }, local) => {
    const walk = new WindowWalk(local, windows, { images: [x, other], results: [y] }, walkLocals);
    const [first, there, result] = [walk.images[0]!, walk.images[1]!, walk.results[0]!];
    const [number, largest] = [local('v128', 'number'), local('v128', 'largest')];
    const [place, better] = [local('v128', 'place'), local('v128', 'better')];
    const at = local('i32', 'at');

    /** How many bytes behind the first pixel of its window a pixel stands. */
    const offsetOf = (tap: typeof first, offset: number) =>
      windows.taps === 'any' ? i32x4.splat(i32.sub(tap, first)) : i32x4.const(offset);
    const find: Body = [
      set(largest, v128.load(first)),
      set(place, i32x4.const(0)),
      walk.overTaps(
        (tap, offset) => [
          set(number, v128.load(tap, offset)),
          // Larger, or the first that is not a number: then no comparison holds.
          set(better, v128.andNot(f32x4.eq(largest, largest), f32x4.le(number, largest))),
          set(largest, v128.bitSelect(number, largest, better)),
          set(place, v128.bitSelect(offsetOf(tap, offset), place, better)),
        ],
        { skipFirst: true },
      ),
      v128.store(places, place),
    ];
    const moveLane = (lane: number): Body => {
      const found = f32.load(at, 4 * lane);
      const pooled = f32.load(result, 4 * lane);
      return [
        set(at, i32.add(there, i32.load(places, 4 * lane))),
        move === 'take'
          ? f32.store(result, found, 4 * lane)
          : f32.store(at, f32.add(found, pooled), 4 * lane),
      ];
    };
    return walk.overWindows(4, (channels) => [
      find,
      Array.from({ length: channels }, (_, lane) => moveLane(lane)),
    ]);
  });
}
