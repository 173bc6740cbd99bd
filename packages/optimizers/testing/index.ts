export * from './checkOptimizer';
