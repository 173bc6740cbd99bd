import { checkNumber, checkWhole } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { directionalDerivative as derivativeKernel } from '../filters';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';
import { sizeForSigma } from './sizeForSigma';

/** Options of `directionalDerivative`. */
export interface DirectionalDerivativeConfig extends FilterOptions {
  /** Direction of the derivative, radians from the x axis towards the y axis, which points down. */
  readonly angle: number;
  /** Standard deviation of the Gaussian that smoothes, pixels. Default 1. */
  readonly sigma?: number;
  /** Height and width of the kernel, pixels; at least 2. Default 2 ceil(3 sigma) + 1. */
  readonly size?: number;
}

/**
 * The slope of smoothed images in one direction, brightness per pixel, from [height, width, channels] to
 * [height', width', channels]: see `filters.directionalDerivative`. Its weight, if it is trainable, is
 * `kernel`, [size, size, channels, 1].
 * @throws OptionError if an option is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function directionalDerivative(given: DirectionalDerivativeConfig): Layer {
  const config = frozenOptions('directionalDerivative', given);
  const kind = 'directionalDerivative';
  const { angle: theta, sigma = 1, size = sizeForSigma(kind, sigma) } = config;
  checkNumber(kind, { angle: theta });
  checkWhole(kind, { size }, 2);
  return filterLayer({ kind, config, kernels: [derivativeKernel({ size, theta, sigma })] });
}
