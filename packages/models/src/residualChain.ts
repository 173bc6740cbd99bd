import { conv2d, dense, globalAveragePooling2d, input } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { sequential, type Model } from '@gradus/train';
import type { ClassifierOptions } from './classifier';
import { residualBlock } from './residualBlock';

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
 * @throws ShapeError if `inputShape` is no image; OptionError if a number is out of range.
 */
export function residualChain(options: ResidualChainOptions = {}): Model {
  const { inputShape = [32, 32, 3], classes = 10, classifierActivation = 'softmax' } = options;
  const { filters = 16, blocks = 3 } = options;
  const { name = 'residualChain', seed = 0, dtype = 'float32' } = options;
  checkBlocks(blocks);
  const layers = [
    conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu' }),
    ...Array.from({ length: blocks }, () => residualBlock()),
    globalAveragePooling2d(),
    dense({ units: classes, activation: classifierActivation }),
  ];
  return sequential([input(inputShape), ...layers], { name, seed, dtype });
}

function checkBlocks(blocks: number): void {
  if (Number.isInteger(blocks) && blocks >= 0) return;
  throw new OptionError({
    op: 'residualChain',
    expected: 'blocks to be a whole number of at least 0',
    received: String(blocks),
  });
}
