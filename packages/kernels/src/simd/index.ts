import type { Backend } from '../backend';
import { SimdEngine } from './engine';
import { defineFunction, encodeModule, f32x4, v128 } from './wasm';

let engine: SimdEngine | undefined;

/**
 * The engine on WebAssembly SIMD, made when it is first asked for, and one and the same from then on.
 * @throws Error where WebAssembly SIMD is missing; see `hasSimd`.
 */
export function simd(): Backend {
  if (engine === undefined && !hasSimd()) {
    throw new Error('This host has no WebAssembly SIMD. Use the engine `loops`.');
  }
  return (engine ??= new SimdEngine());
}

/** Whether this host can run the `simd` engine. */
export function hasSimd(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  const probe = defineFunction('probe', { at: 'i32' }, ({ at }) =>
    v128.store(at, f32x4.add(v128.load(at), v128.load(at))),
  );
  const memory = { minimumPages: 1, maximumPages: 1, shared: false };
  return WebAssembly.validate(encodeModule([probe], memory));
}
