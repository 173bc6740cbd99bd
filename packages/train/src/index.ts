export * from './loss';
export * from './losses';
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  type CrossentropyOptions,
  type SmoothedCrossentropyOptions,
} from './crossentropy';
export * from './resolveLoss';
export * from './metrics';
export type { Logs } from './logs';
export * from './callbacks';
export * from './fit';
export { NonFiniteLossError } from './nonFiniteLossError';
export * from './model';
export * from './sequential';
export * from './trainable';
