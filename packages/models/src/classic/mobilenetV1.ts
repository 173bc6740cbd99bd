import { dense, globalAveragePooling2d, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { mobilenetLayers } from '../blocks/mobilenetLayers';

/**
 * MobileNet, the first, with width and resolution multiplier 1, for images of any size, by default [224,
 * 224, 3], 1000 classes: 4,253,864 weights, of which 4,231,976 are trained.
 *
 * A. Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision
 * applications", arXiv:1704.04861, table 1. The last of its blocks keeps 7x7 pixels: the stride of
 * 2 that the table gives it would not lead to the 7x7 that the table says come out. Rectifiers end at 6,
 * as in the authors' own program and in Keras.
 */
export const mobilenetV1 = defineArchitecture({
  name: 'mobilenetV1',
  inputShape: [224, 224, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...mobilenetLayers(
        [32, 2],
        [
          [64, 1],
          [128, 2],
          [128, 1],
          [256, 2],
          [256, 1],
          [512, 2],
          [512, 1],
          [512, 1],
          [512, 1],
          [512, 1],
          [512, 1],
          [1024, 2],
          [1024, 1],
        ],
      ),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});
