export type { Initializer } from './initializer';
export * from './constants';
export * from './distributions';
export * from './varianceScaling';
export * from './orthogonal';
export * from './resolveInitializer';
