import { conv2d, dense, flatten, input, maxPooling2d } from '@gradus/layers';
import { sequential, type Model } from '@gradus/train';
import type { ClassifierOptions } from './classifier';

/**
 * LeNet-5 for images of at least 14x14 pixels, by default [28, 28, 1]: 61,706 weights.
 *
 * Layers and sizes are those of Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning
 * applied to document recognition", Proceedings of the IEEE 86(11), 1998, section II.B; the first
 * convolution pads the image to what were 32x32 pixels there. As is usual by now, activations are
 * rectified, the largest number of each 2x2 is kept, every map of the second convolution sees all maps
 * of the first, and the last layer is a dense one.
 * @throws ShapeError if an image is too small; OptionError if `classes` is out of range.
 */
export function lenet5(options: ClassifierOptions = {}): Model {
  const { inputShape = [28, 28, 1], classes = 10, classifierActivation = 'softmax' } = options;
  const { name = 'lenet5', seed = 0, dtype = 'float32' } = options;
  const activation = 'relu';
  const layers = [
    conv2d({ filters: 6, kernelSize: 5, padding: 'same', activation }),
    maxPooling2d(),
    conv2d({ filters: 16, kernelSize: 5, activation }),
    maxPooling2d(),
    flatten(),
    dense({ units: 120, activation }),
    dense({ units: 84, activation }),
    dense({ units: classes, activation: classifierActivation }),
  ];
  return sequential([input(inputShape), ...layers], { name, seed, dtype });
}
