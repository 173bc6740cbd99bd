export * from './value';
export * from './parts';
export * from './layer';
export * from './input';
export * from './scope';
export * from './stateUpdates';
