import { OptionError } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';
import { gabor as gaborKernel } from '../filters';
import type { Layer } from '../core/layer';
import { frozenOptions } from '../options/frozenOptions';
import { filterLayer, type FilterOptions } from './filterLayer';

/** Options of `gabor`. */
export interface GaborConfig extends FilterOptions {
  /** Height and width of the kernels, pixels. */
  readonly size: number;
  /**
   * Direction across the stripes, radians from the x axis towards the y axis, or several. Default pi / 4.
   */
  readonly theta?: number | readonly number[];
  /** Wavelength of the stripes, pixels, or several. Default size / 3. */
  readonly lambda?: number | readonly number[];
  /**
   * Standard deviation of the envelope across the stripes, pixels, or one for each wavelength. Default
   * size / 5.
   */
  readonly sigma?: number | readonly number[];
  /** The envelope's width across the stripes over its length along them. Default 0.5. */
  readonly gamma?: number;
  /** Phase of the stripes, radians. 0 is even, pi / 2 odd. Default 0. */
  readonly psi?: number;
}

/**
 * Gabor filters (see `filters.gabor`), one or a bank of all orientations and wavelengths that are given,
 * from [height, width, channels] to [height', width', channels * filters]. With T orientations and L
 * wavelengths, the response of channel c to wavelength l and orientation t is channel (c L + l) T + t of
 * the result. Its weight, if it is trainable, is `kernel`, [size, size, channels, filters].
 * @throws OptionError if an option is out of range.
 * @throws ShapeError or OptionError, when it is built, if the kernels do not fit the input.
 */
export function gabor(given: GaborConfig): Layer {
  const config = frozenOptions('gabor', given);
  const { size, theta = Math.PI / 4, lambda = size / 3, sigma = size / 5 } = config;
  const { gamma, psi } = config;
  const orientations = listOf('theta', theta);
  const wavelengths = listOf('lambda', lambda);
  const widths = listOf('sigma', sigma);
  checkWidths(widths.length, wavelengths.length);
  const kernels = wavelengths.flatMap((wavelength, l) =>
    orientations.map((orientation) =>
      gaborKernel({
        size,
        theta: orientation,
        lambda: wavelength,
        sigma: widths[l] ?? widths[0]!,
        ...(gamma !== undefined && { gamma }),
        ...(psi !== undefined && { psi }),
      }),
    ),
  );
  return filterLayer({ kind: 'gabor', config, kernels });
}

function listOf(name: string, values: number | readonly number[]): readonly number[] {
  if (typeof values === 'number') return [values];
  const isList: boolean = Array.isArray(values);
  if (isList && values.length > 0) return values;
  throw wrongOption('gabor', `${name} to be a number, or a list of at least one`, values);
}

function checkWidths(widths: number, wavelengths: number): void {
  if (widths === 1 || widths === wavelengths) return;
  throw new OptionError({
    op: 'gabor',
    expected: `one sigma, or one for each of ${wavelengths} wavelengths`,
    received: String(widths),
  });
}
