import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { affineLayer, type AffineConfig } from './affineLayer';
import { translation } from './affineMap';
import { drawFactor, factorRange, type Factor } from './factorRange';

/** Options of `randomTranslation`, with Keras's names and defaults. */
export interface RandomTranslationConfig extends AffineConfig {
  /** How far down, as a part of the height, at least -1 and at most 1; v means from -v to v. */
  readonly heightFactor: Factor;
  /** How far to the right, as a part of the width, likewise. */
  readonly widthFactor: Factor;
}

/**
 * Moves each picture [height, width, channels], in training, by a distance of its own.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomTranslation(given: RandomTranslationConfig): Layer {
  const config = frozenOptions('randomTranslation', given);
  const { heightFactor, widthFactor } = config;
  const vertical = factorRange('randomTranslation', { heightFactor }, 1);
  const horizontal = factorRange('randomTranslation', { widthFactor }, 1);
  return affineLayer('randomTranslation', config, (random, [height, width]) => {
    const down = height * drawFactor(vertical, random);
    return translation([down, width * drawFactor(horizontal, random)]);
  });
}
