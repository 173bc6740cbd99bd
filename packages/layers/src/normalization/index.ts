export * from './batchNormalization';
export { layerNormalization, type LayerNormalizationConfig } from './layerNormalization';
export * from './groupNormalization';
export * from './localResponseNormalization';
export * from './normalization';
export * from './rescaling';
