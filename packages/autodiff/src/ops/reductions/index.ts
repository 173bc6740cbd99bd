export * from './argExtremum';
export * from './cumulativeSum';
export * from './product';
export { broadcastTo, max, mean, min, sum, type ReduceOptions } from './reduction';
export * from './statistics';
