import type { Backend } from './backend';
import { loops } from './loops';
import { hasSimd, simd } from './simd';

/** The engine where none is named: `simd`, or `loops` on a host without WebAssembly SIMD. */
let current: Backend = hasSimd() ? simd : loops;

/** The engine on which operations run at this moment. */
export function currentBackend(): Backend {
  return current;
}

/**
 * Runs `f` with `backend` as the engine of every operation in it, and returns its result. The
 * engine is the former one again afterwards, also when `f` throws.
 * @throws TypeError if `f` returns a promise: what it still has to do would run on another engine.
 */
export function withBackend<T>(backend: Backend, f: () => T): T {
  const before = current;
  current = backend;
  try {
    const result = f();
    if (!(result instanceof Promise)) return result;
    result.catch(() => undefined);
    throw new TypeError(
      'withBackend: expected a synchronous function; received one that returns a promise. ' +
        'Await outside, and call withBackend around each synchronous step.',
    );
  } finally {
    current = before;
  }
}
