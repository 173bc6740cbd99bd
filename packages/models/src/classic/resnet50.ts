import { dense, globalAveragePooling2d, maxPooling2d, relu, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { bottleneckBlock, bottleneckExpansion } from '../blocks/bottleneckBlock';
import { normalizedConvolution } from '../blocks/normalizedConvolution';
import { residualStages } from '../blocks/residualStages';

/**
 * ResNet-50 for images of any size, by default [224, 224, 3], 1000 classes: 25,636,712 weights, of which
 * 25,583,592 are trained.
 *
 * K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016,
 * arXiv:1512.03385, table 1 and section 4.1; as in the paper, the first convolution of a block is the one
 * that halves. In Keras's form, hence convolutions have biases, 26,560 of them, which normalisation makes
 * superfluous.
 */
export const resnet50 = defineArchitecture({
  name: 'resnet50',
  inputShape: [224, 224, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...normalizedConvolution({
        filters: 64,
        kernelSize: 7,
        strides: 2,
        padding: 3,
        useBias: true,
        normalization,
        name: 'conv1',
      }),
      relu(),
      maxPooling2d({ poolSize: 3, strides: 2, padding: 1 }),
      ...residualStages({
        channels: 64,
        stages: [
          { filters: 64, blocks: 3 },
          { filters: 128, blocks: 4 },
          { filters: 256, blocks: 6 },
          { filters: 512, blocks: 3 },
        ],
        expansion: bottleneckExpansion,
        makeBlock: (place) => bottleneckBlock({ ...place, normalization, useBias: true }),
      }),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});

/** That of Keras's ResNet. */
const normalization = { epsilon: 1.001e-5, momentum: 0.99 };
