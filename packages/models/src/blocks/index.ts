export * from './residualBlock';
export { basicBlock, type ResidualConfig } from './basicBlock';
export { bottleneckBlock } from './bottleneckBlock';
export type { Shortcut } from './shortcut';
export type { NormalizationOptions } from './normalizedConvolution';
export * from './inceptionModule';
export * from './depthwiseSeparableBlock';
