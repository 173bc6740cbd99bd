import { dense, globalAveragePooling2d, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { mobilenetLayers } from '../blocks/mobilenetLayers';

/**
 * A small MobileNet for small images of any size, by default [32, 32, 3]: an ordinary convolution that keeps
 * height and width, and seven depthwise separable ones, of which three halve them; 549,578 weights, of
 * which 543,050 are trained. A. Howard et al., arXiv:1704.04861, section 3.2.
 */
export const smallMobilenet = defineArchitecture({
  name: 'smallMobilenet',
  inputShape: [32, 32, 3],
  classes: 10,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...mobilenetLayers(
        [32, 1],
        [
          [64, 1],
          [128, 2],
          [128, 1],
          [256, 2],
          [256, 1],
          [512, 2],
          [512, 1],
        ],
      ),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});
