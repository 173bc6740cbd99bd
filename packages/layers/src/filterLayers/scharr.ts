import { scharrX, scharrY } from '../filters';
import type { Layer } from '../core/layer';
import { gradientFilter, type GradientFilterConfig } from './gradientFilter';

/**
 * The slope of images by H. Scharr's kernels (2000), nearly the same in all directions, from [height, width, channels] to
 * [height', width', channels], unnormalised: see `filters.scharrX`. Its weight, if it is trainable, is
 * `kernel`, [3, 3, channels, 1], or 2 kernels for magnitude and direction.
 * @throws OptionError if there is no such component, or an option is neither true nor false.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function scharr(config: GradientFilterConfig = {}): Layer {
  return gradientFilter('scharr', config, { x: scharrX(), y: scharrY() });
}
