import { checkPositive } from '../filters/grid';

/**
 * The size of a kernel that holds a Gaussian up to three standard deviations on either side.
 * @throws OptionError if sigma is not above 0.
 */
export function sizeForSigma(op: string, sigma: number): number {
  checkPositive(op, 'sigma', sigma);
  return 2 * Math.ceil(3 * sigma) + 1;
}
