import type { Tensor } from '@gradus/tensor';
import { checkPositive, sampled, scaledBy } from './grid';

/** Options of `gaussian`. */
export interface GaussianOptions {
  /** Height and width of the kernel, pixels. */
  readonly size: number;
  /** Standard deviation, pixels. Default size / 5, which leaves 1 % outside. */
  readonly sigma?: number;
}

/**
 * A Gaussian blur kernel [size, size]: exp(-(x^2 + y^2) / (2 sigma^2)), scaled to sum 1.
 * @throws OptionError if size or sigma is out of range.
 */
export function gaussian({ size, sigma = size / 5 }: GaussianOptions): Tensor {
  checkPositive('gaussian', 'sigma', sigma);
  const kernel = sampled('gaussian', size, (x, y) => Math.exp(-(x * x + y * y) / (2 * sigma ** 2)));
  return scaledBy(
    kernel,
    kernel.data.reduce((total, value) => total + value, 0),
  );
}
