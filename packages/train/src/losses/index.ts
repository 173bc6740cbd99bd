export type { SampleLoss } from './defineLoss';
export * from './differences';
export * from './directions';
export * from './hinges';
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  type CrossentropyOptions,
  type SmoothedCrossentropyOptions,
} from './crossentropy';
export * from './focalCrossentropy';
