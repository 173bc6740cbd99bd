import type { Tensor } from '@gradus/tensor';
import { checkFinite, checkPositive, sampled, scaledBy } from './grid';

/** Options of `gabor`. */
export interface GaborOptions {
  /** Height and width of the kernel, pixels. */
  readonly size: number;
  /** Direction across the stripes, radians from the x axis towards the y axis. Default pi / 4. */
  readonly theta?: number;
  /** Wavelength of the stripes, pixels. Default size / 3. */
  readonly lambda?: number;
  /** Standard deviation of the envelope across the stripes, pixels. Default size / 5. */
  readonly sigma?: number;
  /** The envelope's width across the stripes over its length along them. Default 0.5. */
  readonly gamma?: number;
  /** Phase of the stripes, radians. 0 is even, pi / 2 odd. Default 0. */
  readonly psi?: number;
}

/**
 * The real part of a Gabor kernel [size, size]: stripes under a Gaussian,
 * exp(-(x'^2 + gamma^2 y'^2) / (2 sigma^2)) cos(2 pi x' / lambda + psi) with x' = x cos theta +
 * y sin theta and y' = -x sin theta + y cos theta. J. G. Daugman, "Uncertainty relation for
 * resolution in space, spatial frequency, and orientation", J. Opt. Soc. Am. A 2(7), 1985.
 * @throws OptionError if an option is out of range.
 */
export function gabor({
  size,
  theta = Math.PI / 4,
  lambda = size / 3,
  sigma = size / 5,
  gamma = 0.5,
  psi = 0,
}: GaborOptions): Tensor {
  checkPositive('gabor', 'lambda', lambda);
  checkPositive('gabor', 'sigma', sigma);
  checkPositive('gabor', 'gamma', gamma);
  checkFinite('gabor', 'theta', theta);
  checkFinite('gabor', 'psi', psi);
  const kernel = sampled('gabor', size, (x, y) => {
    const across = x * Math.cos(theta) + y * Math.sin(theta);
    const along = -x * Math.sin(theta) + y * Math.cos(theta);
    const envelope = Math.exp(-(across ** 2 + (gamma * along) ** 2) / sigma / sigma / 2);
    return envelope * Math.cos((2 * Math.PI * across) / lambda + psi);
  });
  return scaledBy(kernel, 1);
}
