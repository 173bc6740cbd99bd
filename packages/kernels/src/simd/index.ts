export { hasRelaxedSimd } from './hasRelaxedSimd';
export { hasSimd } from './hasSimd';
export { makeSimd, simd } from './makeSimd';
export type { SimdOptions } from './options';
export { enableThreads, type ThreadOptions } from './threads/enableThreads';
export { serveThread } from './threads/serveThread';
export type { PageWorker } from './threads/startWorker';
