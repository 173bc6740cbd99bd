import { defineFunction, encodeModule, f32x4, v128 } from './wasm';

/** Whether this host can run the `simd` engine. */
export function hasSimd(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  const probe = defineFunction('probe', { at: 'i32' }, ({ at }) =>
    v128.store(at, f32x4.add(v128.load(at), v128.load(at))),
  );
  const memory = { minimumPages: 1, maximumPages: 1, shared: false };
  return WebAssembly.validate(encodeModule([probe], memory));
}
