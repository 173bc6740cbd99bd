import { dense, globalAveragePooling2d, relu, sequence } from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { basicBlock } from '../blocks/basicBlock';
import { normalizedConvolution } from '../blocks/normalizedConvolution';
import { residualStages } from '../blocks/residualStages';

/**
 * ResNet-20 for small images of any size, by default [32, 32, 3]: 271,098 weights, of which 269,722 are
 * trained.
 *
 * K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016,
 * arXiv:1512.03385, section 4.2, with n = 3: three stages of three blocks, and shortcuts without weights
 * (option A).
 */
export const smallResnet = defineArchitecture({
  name: 'smallResnet',
  inputShape: [32, 32, 3],
  classes: 10,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      ...normalizedConvolution({
        filters: 16,
        kernelSize: 3,
        padding: 1,
        normalization,
        name: 'conv1',
      }),
      relu(),
      ...residualStages({
        channels: 16,
        stages: [
          { filters: 16, blocks: 3 },
          { filters: 32, blocks: 3 },
          { filters: 64, blocks: 3 },
        ],
        makeBlock: (place) => basicBlock({ ...place, shortcut: 'padding', normalization }),
      }),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});

/** With shorter memory than Keras's default, so that few epochs are enough for the averages. */
const normalization = { epsilon: 1e-5, momentum: 0.9 };
