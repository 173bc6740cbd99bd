import type { Backend } from '../backend';
import { SimdEngine } from './engine';

export { hasSimd } from './hasSimd';

/** The engine on WebAssembly SIMD. It takes memory with its first operation, not before. */
export const simd: Backend = new SimdEngine();
