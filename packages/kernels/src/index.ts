export * from './backend';
export * from './convGeometry';
export * from './current';
export * from './scope';
export { loops } from './loops';
export { hasSimd, simd } from './simd';
