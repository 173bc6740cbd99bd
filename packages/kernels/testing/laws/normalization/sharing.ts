import type { Shape } from '@gradus/tensor';
import { indicesOf } from '@gradus/tensor/testing';

/**
 * Which numbers of x [batch, ..., channels] share one mean and one variance: for each number, row by
 * row, the name of its set.
 */
export type Sharing = (shape: Shape) => readonly string[];

/** Batch normalisation: each channel, over the whole batch. S. Ioffe, C. Szegedy, arXiv:1502.03167. */
export const perChannel: Sharing = (shape) => indicesOf(shape).map((index) => `${index.at(-1)}`);

/** Layer normalisation along the last axis: each pixel. J. L. Ba et al., arXiv:1607.06450. */
export const perPixel: Sharing = (shape) =>
  indicesOf(shape).map((index) => index.slice(0, -1).join());

/** Layer normalisation over all axes but the batch: each sample. */
export const perSample: Sharing = (shape) => indicesOf(shape).map((index) => `${index[0]}`);

/** Group normalisation: so many groups of neighbouring channels, each sample by itself. Y. Wu, K. He,
 * arXiv:1803.08494. */
export function perGroup(groups: number): Sharing {
  return (shape) => {
    const size = shape.at(-1)! / groups;
    return indicesOf(shape).map((index) => `${index[0]},${Math.floor(index.at(-1)! / size)}`);
  };
}

/** Instance normalisation: each channel of each sample. D. Ulyanov et al., arXiv:1607.08022. */
export const perInstance: Sharing = (shape) =>
  indicesOf(shape).map((index) => `${index[0]},${index.at(-1)}`);
