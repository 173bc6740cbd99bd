import {
  conv2d,
  dense,
  dropout,
  flatten,
  maxPooling2d,
  randomTranslation,
  sequence,
} from '@gradus/layers';
import { defineArchitecture } from '../architecture';

/**
 * A small network that tells small grey pictures apart as well as much larger ones, for images of at
 * least 6x6 pixels, by default [28, 28, 1]: three 3x3 convolutions and two dense layers, 352,074 weights.
 * Against overfitting there is dropout (N. Srivastava et al., JMLR 15, 2014), and in training each image
 * is moved: of 28 pixels by one at most, as a whole, for to mix pixels would blur it. What is filled in
 * is black.
 */
export const smallCnn = defineArchitecture({
  name: 'smallCnn',
  inputShape: [28, 28, 1],
  classes: 10,
  compose({ classes, classifierActivation }) {
    const shift = 0.05;
    const convolution = { kernelSize: 3, padding: 'same', activation: 'relu' } as const;
    return sequence([
      randomTranslation({
        heightFactor: shift,
        widthFactor: shift,
        fillMode: 'constant',
        interpolation: 'nearest',
      }),
      conv2d({ ...convolution, filters: 32, padding: 'valid' }),
      maxPooling2d(),
      conv2d({ ...convolution, filters: 64 }),
      maxPooling2d(),
      conv2d({ ...convolution, filters: 64 }),
      flatten(),
      dropout({ rate: 0.3 }),
      dense({ units: 128, activation: 'relu' }),
      dropout({ rate: 0.3 }),
      dense({ units: classes, activation: classifierActivation }),
    ]);
  },
});
