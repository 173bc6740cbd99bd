export * from './averaging';
export * from './derivatives';
export * from './directionalDerivative';
export * from './gabor';
export * from './gaussian';
export * from './smiley';
