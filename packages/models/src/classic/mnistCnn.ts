import { conv2d, dense, flatten, maxPooling2d, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';

/**
 * The smallest network with all that a convolutional network has, for images of at least 4x4 pixels, by
 * default [28, 28, 1]: one convolution, one pooling, one dense layer; 54,410 weights. It is the one that
 * introductions begin with, and has no paper.
 */
export const mnistCnn = defineArchitecture({
  name: 'mnistCnn',
  inputShape: [28, 28, 1],
  classes: 10,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
      maxPooling2d(),
      flatten(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});
