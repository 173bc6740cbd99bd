import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { affineLayer, type AffineConfig } from './affineLayer';
import { shrinking } from './affineMap';
import { drawFactor, zoomRange, type Factor } from './factorRange';

/** Options of `randomZoom`, with Keras's names and defaults. */
export interface RandomZoomConfig extends AffineConfig {
  /**
   * How much higher the part of the scene is that is seen: 0.2 zooms out by 20 %, -0.2 in; above -1. v
   * means from -v to v.
   */
  readonly heightFactor: Factor;
  /** The same for the width. Default: what is drawn for the height, so that the proportions stay. */
  readonly widthFactor?: Factor;
}

/**
 * Zooms out of each picture [height, width, channels], or into it, about its centre, in training, by a
 * factor of its own.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample is no picture.
 */
export function randomZoom(given: RandomZoomConfig): Layer {
  const config = frozenOptions('randomZoom', given);
  const { heightFactor, widthFactor } = config;
  const vertical = zoomRange('randomZoom', { heightFactor });
  const horizontal =
    widthFactor === undefined ? undefined : zoomRange('randomZoom', { widthFactor });
  return affineLayer('randomZoom', config, (random, size) => {
    const down = 1 + drawFactor(vertical, random);
    const across = horizontal === undefined ? down : 1 + drawFactor(horizontal, random);
    return shrinking([down, across], size);
  });
}
