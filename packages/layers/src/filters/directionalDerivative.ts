import type { Tensor } from '@gradus/tensor';
import { checkFinite, checkPositive, sampled, scaledBy } from './grid';

/** Options of `directionalDerivative`. */
export interface DirectionalDerivativeOptions {
  /** Height and width of the kernel, pixels; at least 2. */
  readonly size: number;
  /** Direction of the derivative, radians from the x axis towards the y axis. */
  readonly theta: number;
  /** Standard deviation of the Gaussian that smoothes, pixels. Default size / 5. */
  readonly sigma?: number;
}

/**
 * The slope of a smoothed image in one direction, as a kernel [size, size]: proportional to
 * (x cos theta + y sin theta) exp(-(x^2 + y^2) / (2 sigma^2)), and scaled so that the response to a
 * ramp is its slope in that direction, brightness per pixel. A kernel of any direction is a sum of
 * that along x times cos theta and that along y times sin theta: W. T. Freeman, E. H. Adelson, "The
 * design and use of steerable filters", IEEE PAMI 13(9), 1991.
 * @throws OptionError if an option is out of range.
 */
export function directionalDerivative({
  size,
  theta,
  sigma = size / 5,
}: DirectionalDerivativeOptions): Tensor {
  checkPositive('directionalDerivative', 'sigma', sigma);
  checkFinite('directionalDerivative', 'theta', theta);
  // Relative to the pixels that count most, so that a narrow one does not underflow to 0.
  const nearest = size % 2 === 0 ? 0.5 : 1;
  const weight = (x: number, y: number): number =>
    Math.exp(Math.min(-(x * x + y * y - nearest) / sigma / sigma / 2, 0));
  const kernel = sampled(
    'directionalDerivative',
    size,
    (x, y) => (x * Math.cos(theta) + y * Math.sin(theta)) * weight(x, y),
    2,
  );
  const inertia = sampled('directionalDerivative', size, (x, y) => x * x * weight(x, y), 2);
  return scaledBy(
    kernel,
    inertia.data.reduce((total, value) => total + value, 0),
  );
}
