export { memory } from './bulk';
export * from './control';
export * from './encode';
export type { Int } from './instruction';
export { f32, i32 } from './numbers';
export * from './program';
export * from './text';
export { f32x4, f64x2, i32x4, v128 } from './vectors';
