import { add, clip } from '@gradus/autodiff';
import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { augmentation, forEachPicture, type AugmentationConfig } from './augmentation';
import { drawFactor, factorRange, type Factor } from './factorRange';
import { checkValueRange, perPicture, type ValueRange } from './valueRange';

/** Options of `randomBrightness`, with Keras's names and defaults. */
export interface RandomBrightnessConfig extends AugmentationConfig {
  /** How much is added, as a part of the whole range of values, -1 to 1; v means from -v to v. */
  readonly factor: Factor;
  /** The numbers that pixels may be; what goes beyond is set to the nearest. Default [0, 255]. */
  readonly valueRange?: ValueRange;
}

/**
 * Makes each picture [height, width, channels] brighter or darker, in training, by an amount of its own.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomBrightness(given: RandomBrightnessConfig): Layer {
  const config = frozenOptions('randomBrightness', given);
  const { factor, valueRange = [0, 255] } = config;
  const range = factorRange('randomBrightness', { factor }, 1);
  const [min, max] = checkValueRange('randomBrightness', valueRange);
  return augmentation({
    kind: 'randomBrightness',
    config,
    change(x, random) {
      const amounts = forEachPicture(x, () => (max - min) * drawFactor(range, random));
      return clip(add(x, perPicture(x, amounts)), { min, max });
    },
  });
}
