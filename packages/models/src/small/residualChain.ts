import { conv2d, dense, globalAveragePooling2d, sequence } from '@gradus/layers';
import { checkWhole } from '@gradus/tensor/options';
import { defineArchitecture } from '../architecture';
import { residualBlock } from '../blocks/residualBlock';
import type { ClassifierOptions } from '../classifier';

/** Options of `residualChain`. */
export interface ResidualChainOptions extends ClassifierOptions {
  /** Channels of all convolutions. Default 16. */
  readonly filters?: number;
  /** Number of residual blocks. Default 3. */
  readonly blocks?: number;
}

/**
 * The plainest residual network, for images of any size, by default [32, 32, 3]: a 3x3 convolution to
 * so many channels, residual blocks one after the other, the mean of each channel, and a dense layer.
 */
export const residualChain = defineArchitecture<ResidualChainOptions>({
  name: 'residualChain',
  inputShape: [32, 32, 3],
  classes: 10,
  compose({ classes, classifierActivation }, { filters = 16, blocks = 3 } = {}) {
    checkWhole('residualChain', { blocks }, 0);
    return sequence([
      conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu' }),
      ...Array.from({ length: blocks }, () => residualBlock()),
      globalAveragePooling2d(),
      dense({ units: classes, activation: classifierActivation }),
    ]);
  },
});
