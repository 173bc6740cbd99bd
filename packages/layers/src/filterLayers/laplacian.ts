import { laplacian as laplacianKernel } from '../filters';
import { frozenOptions } from '../options/frozenOptions';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';

/** Options of `laplacian`. */
export type LaplacianConfig = FilterOptions;

/**
 * The sum of the second differences along x and y, from [height, width, channels] to [height', width',
 * channels]: see `filters.laplacian`. Its weight, if it is trainable, is `kernel`, [3, 3, channels, 1].
 * @throws OptionError if an option is neither true nor false.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function laplacian(config: LaplacianConfig = {}): Layer {
  const kind = 'laplacian';
  return filterLayer({ kind, config: frozenOptions(kind, config), kernels: [laplacianKernel()] });
}
