import { flip, where } from '@gradus/autodiff';
import { tensor, type Random, type Tensor } from '@gradus/tensor';
import { checkChoice } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { augmentation, forEachPicture, type AugmentationConfig } from './augmentation';

const modes = ['horizontal', 'vertical', 'horizontal_and_vertical'] as const;

/** Options of `randomFlip`, with Keras's names and defaults. */
export interface RandomFlipConfig extends AugmentationConfig {
  /**
   * `'horizontal'` swaps left and right, `'vertical'` top and bottom. Default 'horizontal_and_vertical':
   * both, each decided by itself.
   */
  readonly mode?: (typeof modes)[number];
}

/**
 * Flips each picture [height, width, channels], or not, with probability 1/2, in training.
 * @throws OptionError if there is no such mode, or seed is no whole number.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomFlip(given: RandomFlipConfig = {}): Layer {
  const config = frozenOptions('randomFlip', given);
  const { mode = 'horizontal_and_vertical' } = config;
  checkChoice('randomFlip', { mode }, modes);
  const axes = [...(mode === 'horizontal' ? [] : [1]), ...(mode === 'vertical' ? [] : [2])];
  return augmentation({
    kind: 'randomFlip',
    config,
    change: (x, random) => axes.reduce((y, axis) => flippedSome(y, axis, random), x),
  });
}

/** Each picture as it is, or flipped along the axis. */
function flippedSome(x: Tensor, axis: number, random: Random): Tensor {
  const flips = forEachPicture(x, () => random.integer(2));
  const isFlipped = tensor(Uint8Array.from(flips), [x.shape[0]!, 1, 1, 1]);
  return where(isFlipped, flip(x, { axis }), x);
}
