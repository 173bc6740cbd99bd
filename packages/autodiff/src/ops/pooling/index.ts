export * from './poolAlongAxes';
export * from './pooling';
