export * from './shapes';
export * from './elements';
export * from './tensors';
export * from './views';
export * from './indices';
export * from './expectClose';
