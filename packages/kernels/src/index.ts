export * from './backend';
export * from './convGeometry';
export * from './convParameters';
export * from './epilogue';
export { takeAtPlaces } from './finish';
export * from './newTensor';
export * from './poolGeometry';
export * from './current';
export * from './scope';
export * from './normalization';
export * from './updates';
export { loops } from './loops';
export { explainConvolution, explainMatMul, type Explanation } from './simd/explain';
export {
  enableThreads,
  hasRelaxedSimd,
  hasSimd,
  makeSimd,
  serveThread,
  simd,
  type PageWorker,
  type SimdOptions,
  type ThreadOptions,
} from './simd';
