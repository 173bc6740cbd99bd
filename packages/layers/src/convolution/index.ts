export * from './conv1d';
export * from './conv2d';
export * from './conv3d';
export * from './conv2dTranspose';
export * from './depthwiseConv2d';
export * from './separableConv2d';
export type { SpatialConvolutionConfig } from './spatialConvolution';
export type { DepthwiseOptions } from './depthwiseOptions';
export type { ConvolutionOptions } from './convolutionOptions';
