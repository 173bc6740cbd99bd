export * from './model';
export * from './modelOptions';
export * from './sequential';
export * from './graphModel';
export type { Objective, PerOutput } from './compiled';
export { NonFiniteLossError } from './nonFiniteLossError';
export type { WeightValues } from './weights';
