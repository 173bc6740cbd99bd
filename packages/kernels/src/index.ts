export * from './backend';
export * from './convGeometry';
export * from './poolGeometry';
export * from './current';
export * from './scope';
export * from './updates';
export { loops } from './loops';
export { hasSimd, simd } from './simd';
