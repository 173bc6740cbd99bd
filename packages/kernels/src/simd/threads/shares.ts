import type { ComputeShare, KernelContext, Share } from '../context';

/** A result, to be divided. */
export interface Extent {
  /** Units that are computed independently: rows, images, tiles, panels. */
  readonly count: number;
  /** A share has at least so many; all but the last one have a multiple of it. Default 1. */
  readonly step?: number;
  /** Products of numbers that all of it takes. */
  readonly products: number;
}

/**
 * Computes a result in shares, as many as are worth it, one on each thread. What a share computes must
 * not depend on which others there are: so the result is the same, to the bit, for any number of
 * threads.
 * @returns what `compute` returned for each share.
 */
export function inShares<T>(
  { kernels, work, threads }: KernelContext,
  { count, step = 1, products }: Extent,
  compute: ComputeShare<T>,
): T[] {
  const parts = Math.min(Math.floor(count / step), threads?.mostShares(products) ?? 1);
  const alone = { kernels, work };
  if (threads === undefined || parts <= 1) return [compute(alone, { first: 0, count })];
  return threads.compute(alone, cut(count, step, parts), compute);
}

/** Cuts units into parts of about the same size. */
export function cut(count: number, step: number, parts: number): Share[] {
  const steps = Math.floor(count / step);
  const start = (part: number): number =>
    part === parts ? count : step * Math.round((part * steps) / parts);
  return Array.from({ length: parts }, (_, part) => ({
    first: start(part),
    count: start(part + 1) - start(part),
  }));
}
