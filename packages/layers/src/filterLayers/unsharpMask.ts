import { tensor, type Tensor } from '@gradus/tensor';
import { checkNumber, checkWhole, wrongOption } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { gaussian } from '../filters';
import type { Layer } from '../core/layer';
import { filterLayer, type FilterOptions } from './filterLayer';
import { sizeForSigma } from './sizeForSigma';

/** Options of `unsharpMask`. */
export interface UnsharpMaskConfig extends FilterOptions {
  /** Standard deviation of the blur, pixels. Default 1. */
  readonly sigma?: number;
  /** How much of what the blur takes away is added; negative blurs. Default 1. */
  readonly amount?: number;
  /** Height and width of the kernel, pixels; odd. Default 2 ceil(3 sigma) + 1. */
  readonly size?: number;
}

/**
 * Sharpens images, from [height, width, channels] to [height', width', channels]: x + amount (x -
 * blurred x), with a Gaussian blur, as one kernel. Its weight, if it is trainable, is `kernel`, [size,
 * size, channels, 1].
 * @throws OptionError if an option is out of range, or size is even.
 * @throws ShapeError or OptionError, when it is built, if the kernel does not fit the input.
 */
export function unsharpMask(given: UnsharpMaskConfig = {}): Layer {
  const config = frozenOptions('unsharpMask', given);
  const { sigma = 1, amount = 1, size = sizeForSigma('unsharpMask', sigma) } = config;
  checkNumber('unsharpMask', { amount });
  checkWhole('unsharpMask', { size });
  const blur = gaussian({ size, sigma });
  if (size % 2 === 0) throw wrongOption('unsharpMask', 'size to be odd', size);
  return filterLayer({ kind: 'unsharpMask', config, kernels: [sharpened(blur, amount)] });
}

/** (1 + amount) times the pixel itself less amount times the blurred one. */
function sharpened(blur: Tensor, amount: number): Tensor {
  const centre = (blur.size - 1) / 2;
  const coefficients = Float32Array.from(
    blur.toTypedArray(),
    (value, i) => (i === centre ? 1 + amount : 0) - amount * value,
  );
  return tensor(coefficients, blur.shape);
}
