export * from './core';
export * from './convolution';
export * from './dense';
export * from './pooling';
export * from './activations';
export * from './normalization';
export * from './noise';
export * from './shapes';
export * from './merging';
export * from './lambda';
export * from './filterLayers';
export * from './augmentation';
export * from './composite/sequence';
export {
  graph,
  shapesOfNodes,
  type Form,
  type GraphConfig,
  type ValueOfNodes,
} from './composite/graph';
export * as filters from './filters';
export * as initializers from './initializers';
export type { Initializer, InitializerLike, InitializerName } from './initializers';
export * as regularizers from './regularizers';
export type { Regularizer, RegularizerLike, RegularizerName } from './regularizers';
export * as constraints from './constraints';
export type { Constraint, ConstraintLike, ConstraintName } from './constraints';
export type { BiasOptions, KernelOptions, WeightOptions } from './options/kernelOptions';
export type { Axes } from './options/sampleAxes';
export { layerFactories, type LayerFactory } from './registry';
export * from './saving';
