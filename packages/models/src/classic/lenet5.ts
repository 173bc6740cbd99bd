import { conv2d, dense, flatten, maxPooling2d, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';

/**
 * LeNet-5 for images of at least 12x12 pixels, by default [28, 28, 1]: 61,706 weights.
 *
 * Layers and sizes are those of Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning
 * applied to document recognition", Proceedings of the IEEE 86(11), 1998, section II.B; the first
 * convolution pads the image to what were 32x32 pixels there. As is usual by now, activations are
 * rectified, the largest number of each 2x2 is kept, every map of the second convolution sees all maps
 * of the first, and the last layer is a dense one.
 */
export const lenet5 = defineArchitecture({
  name: 'lenet5',
  inputShape: [28, 28, 1],
  classes: 10,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      conv2d({ filters: 6, kernelSize: 5, padding: 'same', activation: 'relu' }),
      maxPooling2d(),
      conv2d({ filters: 16, kernelSize: 5, activation: 'relu' }),
      maxPooling2d(),
      flatten(),
      dense({ units: 120, activation: 'relu' }),
      dense({ units: 84, activation: 'relu' }),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});
