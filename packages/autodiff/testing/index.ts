export * from './opInputs';
export * from './centralDifferences';
export * from './checkOperation';
