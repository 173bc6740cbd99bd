import { OptionError } from '@gradus/tensor';
import type { Backend } from '../backend';
import { SimdEngine } from './engine';
import { hasRelaxedSimd } from './hasRelaxedSimd';
import type { SimdOptions } from './options';

/** The engine on WebAssembly SIMD. It takes memory with its first operation, not before. */
export const simd: Backend = new SimdEngine();

/**
 * Another such engine, with a memory and options of its own.
 * @throws OptionError unless the options are an object.
 * @throws Error with `relaxed` where the host has no relaxed SIMD; see `hasRelaxedSimd`.
 */
export function makeSimd(options: SimdOptions = {}): Backend {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new OptionError({
      op: 'makeSimd',
      expected: 'options by name, such as { relaxed: true }',
      received: String(given),
    });
  }
  if (options.relaxed === true && !hasRelaxedSimd()) {
    throw new Error(
      'makeSimd: this host has no relaxed SIMD. Leave out `relaxed`, or use Node 22 or later ' +
        '(Node 20 with --experimental-wasm-relaxed-simd).',
    );
  }
  return new SimdEngine(undefined, options);
}
