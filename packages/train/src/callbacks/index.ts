export * from './callback';
export * from './earlyStopping';
export * from './histogram';
export * from './learningRateScheduler';
export * from './modelCheckpoint';
export type { MonitorOptions } from './monitor';
export * from './progressBar';
export * from './reduceLROnPlateau';
export * from './weightHistograms';
