import { activation, elu, gelu, leakyRelu, prelu, relu, selu, softmax } from './activations';
import {
  randomBrightness,
  randomContrast,
  randomCrop,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
} from './augmentation';
import { graphOf } from './composite/graph/graph';
import { sequence, type SequenceOptions } from './composite/sequence';
import {
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv2d,
  separableConv2d,
} from './convolution';
import type { AnyLayer, Layer } from './core';
import { dense } from './dense';
import {
  averageFilter,
  directionalDerivative,
  fixedFilter,
  gabor,
  gaussianBlur,
  laplacian,
  prewitt,
  scharr,
  sobel,
  unsharpMask,
} from './filterLayers';
import { lambda, type LambdaConfig, type LambdaFunction } from './lambda';
import { add, average, concatenate, maximum, minimum, multiply, subtract } from './merging';
import { dropout, gaussianNoise, spatialDropout2d } from './noise';
import {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  localResponseNormalization,
  normalization,
  rescaling,
} from './normalization';
import {
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
} from './pooling';
import { cropping2d, flatten, permute, reshape, upSampling2d, zeroPadding2d } from './shapes';

/** Makes a layer of what its `config` holds. */
export type LayerFactory = (config: never) => AnyLayer;

/** The layers that a file can name, by their kinds: all that this package has. */
export const layerFactories = {
  activation,
  add,
  average,
  averageFilter,
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  batchNormalization,
  concatenate,
  conv1d,
  conv2d,
  conv3d,
  conv2dTranspose,
  cropping2d,
  dense,
  depthwiseConv2d,
  directionalDerivative,
  dropout,
  elu,
  fixedFilter,
  flatten,
  gabor,
  gaussianBlur,
  gaussianNoise,
  gelu,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  graph: graphOf,
  groupNormalization,
  lambda: ({ f, ...config }: LambdaConfig & { readonly f: LambdaFunction }) => lambda(f, config),
  laplacian,
  layerNormalization,
  leakyRelu,
  localResponseNormalization,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  maximum,
  minimum,
  multiply,
  normalization,
  permute,
  prelu,
  prewitt,
  randomBrightness,
  randomContrast,
  randomCrop,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
  relu,
  rescaling,
  reshape,
  scharr,
  selu,
  separableConv2d,
  sequence: ({ layers, ...options }: SequenceOptions & { readonly layers: readonly Layer[] }) =>
    sequence(layers, options),
  sobel,
  softmax,
  spatialDropout2d,
  subtract,
  unsharpMask,
  upSampling2d,
  zeroPadding2d,
} as const satisfies Readonly<Record<string, LayerFactory>>;
