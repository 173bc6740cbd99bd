import { dense, globalAveragePooling2d, maxPooling2d, relu, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { basicBlock } from '../blocks/basicBlock';
import { normalizedConvolution } from '../blocks/normalizedConvolution';
import { residualStages } from '../blocks/residualStages';

/**
 * ResNet-18 for images of any size, by default [224, 224, 3], 1000 classes: 11,699,112 weights, of which
 * 11,689,512 are trained.
 *
 * K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016,
 * arXiv:1512.03385, table 1, with projections where sizes change (section 4.1, option B). Borders of 3 and 1
 * pixels are the same on all sides, as in the authors' networks.
 */
export const resnet18 = defineArchitecture({
  name: 'resnet18',
  inputShape: [224, 224, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...normalizedConvolution({
        filters: 64,
        kernelSize: 7,
        strides: 2,
        padding: 3,
        normalization,
        name: 'conv1',
      }),
      relu(),
      maxPooling2d({ poolSize: 3, strides: 2, padding: 1 }),
      ...residualStages({
        channels: 64,
        stages: [
          { filters: 64, blocks: 2 },
          { filters: 128, blocks: 2 },
          { filters: 256, blocks: 2 },
          { filters: 512, blocks: 2 },
        ],
        makeBlock: (place) => basicBlock({ ...place, normalization }),
      }),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});

/** With shorter memory than Keras's default, as training of these networks is usually done. */
const normalization = { epsilon: 1e-5, momentum: 0.9 };
