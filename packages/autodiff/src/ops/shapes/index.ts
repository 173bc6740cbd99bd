export * from './gather';
export type { Indices } from './indices';
export * from './joining';
export * from './pad';
export * from './repeating';
export * from './resize';
export * from './shape';
export * from './slice';
