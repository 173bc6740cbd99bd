export * from './checkOperation';
export * from './opInputs';
