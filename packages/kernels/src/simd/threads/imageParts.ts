import type { KernelContext } from '../context';
import { inShares } from './shares';

/** Rows of results in a batch of images. */
export interface ImageRows {
  readonly batch: number;
  readonly height: number;
  /** A part has at least so many rows; all but the last one of an image have a multiple of it. Default 1. */
  readonly step?: number;
  /** Products of numbers that all of them take. */
  readonly products: number;
}

/** Whole images, or, of one image, neighbouring rows. */
export interface ImagePart {
  readonly image: number;
  readonly images: number;
  readonly row: number;
  readonly rows: number;
}

/** Computes a batch of images in shares: images, or where there are too few, rows of each. */
export function inImageParts(
  context: KernelContext,
  { batch, height, step = 1, products }: ImageRows,
  compute: (context: KernelContext, part: ImagePart) => void,
): void {
  const shares = context.threads?.mostShares(products) ?? 1;
  if (batch >= shares) {
    inShares(context, { count: batch, products }, (alone, { first, count }) =>
      compute(alone, { image: first, images: count, row: 0, rows: height }),
    );
    return;
  }
  for (let image = 0; image < batch; image++) {
    const rows = { count: height, step, products: products / batch };
    inShares(context, rows, (alone, { first, count }) =>
      compute(alone, { image, images: 1, row: first, rows: count }),
    );
  }
}
