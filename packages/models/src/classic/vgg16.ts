import { dense, dropout, flatten, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { convolutionStages } from '../blocks/convolutionStages';

/**
 * VGG-16 for images of at least 32x32 pixels, by default [224, 224, 3], 1000 classes: 138,357,544
 * weights, of which the first dense layer alone has 102,764,544.
 *
 * K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition", ICLR
 * 2015, arXiv:1409.1556, table 1, column D; dropout is that of section 3.1. The paper began with the
 * weights of a shallower network; drawn as by K. He et al., arXiv:1502.01852, the network learns without.
 */
export const vgg16 = defineArchitecture({
  name: 'vgg16',
  inputShape: [224, 224, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...convolutionStages([
        { filters: 64, convolutions: 2 },
        { filters: 128, convolutions: 2 },
        { filters: 256, convolutions: 3 },
        { filters: 512, convolutions: 3 },
        { filters: 512, convolutions: 3 },
      ]),
      flatten(),
      dense({ units: 4096, activation: 'relu', kernelInitializer: 'heNormal', name: 'dense1' }),
      dropout({ rate: 0.5 }),
      dense({ units: 4096, activation: 'relu', kernelInitializer: 'heNormal', name: 'dense2' }),
      dropout({ rate: 0.5 }),
      dense({ units: classes, activation: classifierActivation, name: 'dense3' }),
    ]),
});
