import { add, clip, mean, mul, sub } from '@gradus/autodiff';
import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { augmentation, forEachPicture, type AugmentationConfig } from './augmentation';
import { contrastRange, drawFactor } from './factorRange';
import { checkValueRange, perPicture, type ValueRange } from './valueRange';

/** Options of `randomContrast`, with Keras's names and defaults. */
export interface RandomContrastConfig extends AugmentationConfig {
  /**
   * `[lower, upper]`, at least 0 and lower at most 1: differences are multiplied with a number from
   * 1 - lower to 1 + upper. One number means both.
   */
  readonly factor: number | readonly [lower: number, upper: number];
  /** The numbers that pixels may be; what goes beyond is set to the nearest. Default [0, 255]. */
  readonly valueRange?: ValueRange;
}

/**
 * Raises or lowers the contrast of each picture [height, width, channels], in training, by a factor of
 * its own: (x - mean) factor + mean, with the mean of each channel.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomContrast(given: RandomContrastConfig): Layer {
  const config = frozenOptions('randomContrast', given);
  const { factor, valueRange = [0, 255] } = config;
  const range = contrastRange('randomContrast', { factor });
  const [min, max] = checkValueRange('randomContrast', valueRange);
  return augmentation({
    kind: 'randomContrast',
    config,
    change(x, random) {
      const factors = perPicture(
        x,
        forEachPicture(x, () => drawFactor(range, random)),
      );
      const centre = mean(x, { axis: [1, 2], keepDims: true });
      return clip(add(mul(sub(x, centre), factors), centre), { min, max });
    },
  });
}
