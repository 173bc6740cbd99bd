export * from './checkOptimizer';
export * from './generators';
export * from './laws';
