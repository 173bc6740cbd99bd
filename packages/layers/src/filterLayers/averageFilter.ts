import { checkWhole } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { averaging } from '../filters';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';

/** Options of `averageFilter`. */
export interface AverageFilterConfig extends FilterOptions {
  /** Height and width of the kernel, pixels. Default 3. */
  readonly size?: number;
}

/**
 * The mean of the pixels around each, from [height, width, channels] to [height', width', channels]. What
 * padding adds counts as 0, other than in `averagePooling2d`. Its weight, if it is trainable, is
 * `kernel`, [size, size, channels, 1].
 * @throws OptionError if size is no whole number of at least 1, or an option neither true nor false.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function averageFilter(given: AverageFilterConfig = {}): Layer {
  const config = frozenOptions('averageFilter', given);
  const { size = 3 } = config;
  checkWhole('averageFilter', { size });
  return filterLayer({ kind: 'averageFilter', config, kernels: [averaging({ size })] });
}
