/*
 * What Keras 3 calls our operations and layers, where that is not the same name in its spelling, or
 * where it has none.
 */

/** For what no part of Keras does. */
export const none = '–';

const operations: Readonly<Record<string, string>> = {
  abs: 'absolute',
  acos: 'arccos',
  acosh: 'arccosh',
  argMax: 'argmax',
  argMin: 'argmin',
  asin: 'arcsin',
  asinh: 'arcsinh',
  atan: 'arctan',
  atan2: 'arctan2',
  atanh: 'arctanh',
  avgPool: 'average_pool',
  averagePool2d: 'average_pool',
  concat: 'concatenate',
  conv1d: 'conv',
  conv2d: 'conv',
  conv3d: 'conv',
  conv2dTranspose: 'conv_transpose',
  cumulativeSum: 'cumsum',
  depthwiseConv2d: 'depthwise_conv',
  div: 'divide',
  fft2d: 'fft2',
  gather: 'take',
  ifft2d: 'ifft2',
  im2col: 'image.extract_patches',
  logSumExp: 'logsumexp',
  matMul: 'matmul',
  maxPool: 'max_pool',
  maxPool2d: 'max_pool',
  mul: 'multiply',
  neg: 'negative',
  pow: 'power',
  resize: 'image.resize',
  separableConv2d: 'separable_conv',
  softmaxCrossEntropy: 'categorical_crossentropy',
  sparseSoftmaxCrossEntropy: 'sparse_categorical_crossentropy',
  sub: 'subtract',
  variance: 'var',
};

/** Of TensorFlow: Keras leaves them to it. */
const ofTensorFlow: Readonly<Record<string, string>> = {
  localResponseNormalization: 'tf.nn.local_response_normalization',
  structuralSimilarity: 'tf.image.ssim',
  totalVariation: 'tf.image.total_variation',
};

/** Gradients, fused operations and what a layer of Keras does without a name of its own. */
const ownOperations: ReadonlySet<string> = new Set([
  'averagePool2dInputGradient',
  'batchNormalizationInputGradient',
  'batchNormalizationParameterGradient',
  'col2im',
  'conv2dBias',
  'conv2dBiasMaxPool',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'conv2dPooledInputGradient',
  'conv2dPooledParameterGradient',
  'embed',
  'globalAvgPool',
  'globalMaxPool',
  'matMulBias',
  'maxPool2dInputGradient',
  'normalize',
  'reluGradient',
  'softmaxCrossEntropyGradient',
  'takeAtMaxima',
  'takeAtPlaces',
  'unpool',
]);

const layers: Readonly<Record<string, string>> = {
  elu: 'ELU',
  gelu: "Activation('gelu')",
  graph: 'Model',
  leakyRelu: 'LeakyReLU',
  prelu: 'PReLU',
  relu: 'ReLU',
  selu: "Activation('selu')",
  sequence: 'Sequential',
};

/** Fixed filters, which Keras leaves to Lambda layers. */
const ownLayers: ReadonlySet<string> = new Set([
  'averageFilter',
  'directionalDerivative',
  'fixedFilter',
  'gabor',
  'gaussianBlur',
  'laplacian',
  'prewitt',
  'scharr',
  'sobel',
  'unsharpMask',
]);

/** What Keras calls an operation. */
export function kerasOperation(name: string): string {
  if (ownOperations.has(name)) return none;
  if (Object.hasOwn(ofTensorFlow, name)) return ofTensorFlow[name]!;
  return `keras.ops.${operations[name] ?? name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`;
}

/** What Keras calls a layer. */
export function kerasLayer(name: string): string {
  if (ownLayers.has(name)) return none;
  if (Object.hasOwn(ofTensorFlow, name)) return ofTensorFlow[name]!;
  const spelt = name.replace(/^[a-z]/, (c) => c.toUpperCase()).replace(/(\d)d/, '$1D');
  return `keras.layers.${layers[name] ?? spelt}`.replace(/layers\.(Model|Sequential)$/, '$1');
}
