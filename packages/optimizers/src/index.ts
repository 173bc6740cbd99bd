export * from './schedules';
export type { SavedConfig } from './savedConfig';
export * from './updateRule';
export {
  Optimizer,
  type OptimizerOptions,
  type OptimizerSettings,
  type OptimizerState,
} from './optimizer';
export {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  globalNorm,
  type ClippingOptions,
} from './clipping';
export type { WeightDecayOptions } from './weightDecay';
export * from './sgd';
export * from './rmsprop';
export * from './adam';
export * from './adamW';
export * from './adagrad';
export * from './adadelta';
export * from './adamax';
export * from './nadam';
export { resolveOptimizer, type OptimizerName } from './resolveOptimizer';
export * from './optimizerFromJson';
export * from './conjugateGradients';
