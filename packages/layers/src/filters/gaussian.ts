import type { Tensor } from '@gradus/tensor';
import { checkPositive, sampled, scaledBy } from './grid';

/** Options of `gaussian`. */
export interface GaussianOptions {
  /** Height and width of the kernel, pixels. */
  readonly size: number;
  /** Standard deviation, pixels. Default size / 5, which leaves 1.2 % outside along each axis. */
  readonly sigma?: number;
}

/**
 * A Gaussian blur kernel [size, size]: exp(-(x^2 + y^2) / (2 sigma^2)), scaled to sum 1.
 * @throws OptionError if size or sigma is out of range.
 */
export function gaussian({ size, sigma = size / 5 }: GaussianOptions): Tensor {
  checkPositive('gaussian', 'sigma', sigma);
  // Relative to the pixels next to the centre, so that a narrow one does not underflow to 0 there.
  const nearest = size % 2 === 0 ? 0.5 : 0;
  const kernel = sampled('gaussian', size, (x, y) =>
    Math.exp(-(x * x + y * y - nearest) / sigma / sigma / 2),
  );
  return scaledBy(
    kernel,
    kernel.data.reduce((total, value) => total + value, 0),
  );
}
