export * from './fit';
export * from './meter';
export * from './progress';
export * from './trainable';
export type { Logs } from './logs';
export type { Samples } from './samples';
export type { SampleWeightOptions } from './sampleWeights';
