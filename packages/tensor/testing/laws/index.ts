export * from './law';
export * from './lawError';
export * from './defineLaw';
export * from './checkLaws';
export * from './code';
export * from './tolerances';
export * from './asyncLaw';
