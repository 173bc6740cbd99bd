import { checkWhole } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { gaussian } from '../filters';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';
import { sizeForSigma } from './sizeForSigma';

/** Options of `gaussianBlur`. */
export interface GaussianBlurConfig extends FilterOptions {
  /** Standard deviation, pixels. Default 1. */
  readonly sigma?: number;
  /** Height and width of the kernel, pixels. Default 2 ceil(3 sigma) + 1. */
  readonly size?: number;
}

/**
 * A Gaussian blur, from [height, width, channels] to [height', width', channels]: see
 * `filters.gaussian`. Its weight, if it is trainable, is `kernel`, [size, size, channels, 1].
 * @throws OptionError if an option is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function gaussianBlur(given: GaussianBlurConfig = {}): Layer {
  const config = frozenOptions('gaussianBlur', given);
  const { sigma = 1, size = sizeForSigma('gaussianBlur', sigma) } = config;
  checkWhole('gaussianBlur', { size });
  return filterLayer({ kind: 'gaussianBlur', config, kernels: [gaussian({ size, sigma })] });
}
