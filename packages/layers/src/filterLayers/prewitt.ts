import { prewittX, prewittY } from '../filters';
import type { Layer } from '../core/layer';
import { gradientFilter, type GradientFilterConfig } from './gradientFilter';

/**
 * The slope of images by J. M. S. Prewitt's kernels (1970), from [height, width, channels] to
 * [height', width', channels], unnormalised: see `filters.prewittX`. Its weight, if it is trainable, is
 * `kernel`, [3, 3, channels, 1], or 2 kernels for magnitude and direction.
 * @throws OptionError if there is no such component, or an option is neither true nor false.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function prewitt(config: GradientFilterConfig = {}): Layer {
  return gradientFilter('prewitt', config, { x: prewittX(), y: prewittY() });
}
