export { fit } from './fit';
export type { DatasetFitOptions, FitOptions, History } from './fitOptions';
export type { Batch, Batches, InputBatch, InputBatches } from './batch';
export * from './meter';
export type { EndEvent, EpochRecord, Progress, SavedCallback, TrainingMemory } from './progress';
export * from './trainable';
export type { Logs } from './logs';
export type { Samples } from './samples';
export type { SampleWeightOptions } from './sampleWeights';
