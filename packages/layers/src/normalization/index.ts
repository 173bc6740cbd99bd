export * from './batchNormalization';
export { layerNormalization, type LayerNormalizationConfig } from './layerNormalization';
export * from './groupNormalization';
export * from './normalization';
export * from './rescaling';
