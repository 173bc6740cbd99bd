export * from './csvLogger';
export * from './modelFile';
export * from './modelCheckpoint';
export * from './stopOnInterrupt';
