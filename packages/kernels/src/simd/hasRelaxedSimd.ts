import { defineFunction, encodeModule, multiplyAdd, v128 } from './wasm';

/** Whether this host multiplies and adds vectors in one instruction: `makeSimd({ relaxed: true })`. */
export function hasRelaxedSimd(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  const probe = defineFunction('probe', { at: 'i32' }, ({ at }) =>
    v128.store(at, multiplyAdd(v128.load(at), v128.load(at), v128.load(at))),
  );
  const memory = { minimumPages: 1, maximumPages: 1, shared: false };
  return WebAssembly.validate(encodeModule([probe], memory, true));
}
