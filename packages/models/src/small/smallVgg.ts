import { dense, dropout, flatten, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { convolutionStages } from '../blocks/convolutionStages';

/**
 * A small network in the manner of VGG, for images of at least 8x8 pixels, by default [32, 32, 3]: three
 * stages of two 3x3 convolutions each, 550,570 weights. K. Simonyan, A. Zisserman, arXiv:1409.1556,
 * section 2.1.
 */
export const smallVgg = defineArchitecture({
  name: 'smallVgg',
  inputShape: [32, 32, 3],
  classes: 10,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...convolutionStages([
        { filters: 32, convolutions: 2 },
        { filters: 64, convolutions: 2 },
        { filters: 128, convolutions: 2 },
      ]),
      flatten(),
      dense({ units: 128, activation: 'relu', kernelInitializer: 'heNormal', name: 'dense1' }),
      dropout({ rate: 0.5 }),
      dense({ units: classes, activation: classifierActivation, name: 'dense2' }),
    ]),
});
