export { alongAxes, type AlongAxes, type PaddingAlongAxes } from './alongAxes';
export * from './conv1d';
export * from './conv2dTranspose';
export * from './conv3d';
export * from './convolution';
export * from './convolutionBlock';
export {
  convolutionWindows,
  type ConvolutionOptions,
  type ConvolutionShapes,
} from './convolutionWindows';
export * from './depthwiseConv2d';
export {
  conv2dPooledInputGradient,
  conv2dPooledParameterGradient,
  takeAtPlaces,
  unpool,
  type PooledInputGradientOptions,
  type PooledOptions,
  type PooledParameterGradientOptions,
  type UnpoolOptions,
} from './pooledConvolution';
export * from './im2col';
export type { Im2colOptions } from './im2colWindows';
export { windowsOn, type WindowsAlong, type WindowsOptions } from './windows';
