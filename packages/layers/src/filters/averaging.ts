import type { Tensor } from '@gradus/tensor';
import { sampled, scaledBy } from './grid';

/** Options of `averaging`. */
export interface AveragingOptions {
  /** Height and width of the kernel, pixels. */
  readonly size: number;
}

/**
 * The mean of the pixels under it, as a kernel [size, size]: all coefficients are 1 / size^2.
 * @throws OptionError if size is not a whole number of at least 1.
 */
export function averaging({ size }: AveragingOptions): Tensor {
  return scaledBy(
    sampled('averaging', size, () => 1),
    size ** 2,
  );
}
