export { memory } from './bulk';
export * from './control';
export * from './encode';
export type { Int } from './instruction';
export { multiplyAdd, multiplySubtract } from './multiplyAdd';
export { f32, i32 } from './numbers';
export * from './program';
export * from './text';
export { f32x4, f64x2, i16x8, i32x4, i8x16, v128 } from './vectors';
