export * from './pooling2d';
export * from './spatialPooling';
export * from './globalPooling';
