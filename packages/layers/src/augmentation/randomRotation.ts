import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { affineLayer, type AffineConfig } from './affineLayer';
import { rotation } from './affineMap';
import { drawFactor, factorRange, type Factor } from './factorRange';

/** Options of `randomRotation`, with Keras's names and defaults. */
export interface RandomRotationConfig extends AffineConfig {
  /** From where to where, in full turns, counterclockwise; v means from -v to v. */
  readonly factor: Factor;
}

/**
 * Turns each picture [height, width, channels] about its centre, in training, by an angle of its own.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomRotation(given: RandomRotationConfig): Layer {
  const config = frozenOptions('randomRotation', given);
  const turns = factorRange('randomRotation', { factor: config.factor });
  return affineLayer('randomRotation', config, (random, size) =>
    rotation(2 * Math.PI * drawFactor(turns, random), size),
  );
}
