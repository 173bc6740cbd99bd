import {
  conv2d,
  dense,
  dropout,
  flatten,
  initializers,
  maxPooling2d,
  sequence,
  type Conv2dConfig,
  type Layer,
} from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { localResponses } from './localResponses';

/**
 * AlexNet in one stream, for images of at least 67x67 pixels, by default [227, 227, 3], 1000 classes:
 * 62,378,344 weights.
 *
 * A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
 * networks", NIPS 2012, section 3. There the second, fourth and fifth convolution see only half of the
 * channels, those on their own graphics card; here all of them. 55x55 results of the first one need
 * 227x227 pixels, not the 224x224 that the paper names. Normalisation is that of section 3.3, overlapping
 * pooling that of 3.4, dropout that of 4.2. Weights begin as in section 5: drawn with a standard
 * deviation of 0.01, and with a bias of 1 where that section says so.
 */
export const alexnet = defineArchitecture({
  name: 'alexnet',
  inputShape: [227, 227, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      convolution({ filters: 96, kernelSize: 11, strides: 4, name: 'conv1' }),
      localResponses('norm1'),
      maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1' }),
      convolution({ filters: 256, kernelSize: 5, padding: 'same', ...fromOne, name: 'conv2' }),
      localResponses('norm2'),
      maxPooling2d({ poolSize: 3, strides: 2, name: 'pool2' }),
      convolution({ filters: 384, kernelSize: 3, padding: 'same', name: 'conv3' }),
      convolution({ filters: 384, kernelSize: 3, padding: 'same', ...fromOne, name: 'conv4' }),
      convolution({ filters: 256, kernelSize: 3, padding: 'same', ...fromOne, name: 'conv5' }),
      maxPooling2d({ poolSize: 3, strides: 2, name: 'pool5' }),
      flatten(),
      dense({ units: 4096, activation: 'relu', kernelInitializer, ...fromOne, name: 'dense6' }),
      dropout({ rate: 0.5 }),
      dense({ units: 4096, activation: 'relu', kernelInitializer, ...fromOne, name: 'dense7' }),
      dropout({ rate: 0.5 }),
      dense({
        units: classes,
        activation: classifierActivation,
        kernelInitializer,
        name: 'dense8',
      }),
    ]),
});

const kernelInitializer = initializers.randomNormal({ standardDeviation: 0.01 });

/** So that rectifiers have something to pass on from the beginning. */
const fromOne = { biasInitializer: 'ones' } as const;

function convolution(config: Conv2dConfig): Layer {
  return conv2d({ activation: 'relu', kernelInitializer, ...config });
}
