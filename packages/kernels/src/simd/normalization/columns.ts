import type { Shape } from '@gradus/tensor';

/** Columns that the kernels handle at once: two vectors. */
export const columnsAtOnce = 8;

/** Narrower rows are joined: for them, loops would begin and end too often. */
const leastWidth = 64;

/**
 * x [..., channels] as a matrix whose columns are channels, again and again: several rows are taken as
 * one, so that a row is a whole number of vectors wherever there are few channels.
 */
export interface Columns {
  readonly channels: number;
  /** Columns of the matrix, a multiple of the channels. */
  readonly width: number;
  /** The width, rounded up to a multiple of `columnsAtOnce`. */
  readonly padded: number;
  readonly rows: number;
  /** Numbers behind the last full row, a multiple of the channels and fewer than the width. */
  readonly rest: number;
  /** Numbers in each channel. */
  readonly count: number;
}

/** Arranges x, which is not empty. */
export function columnsOf(shape: Shape): Columns {
  const channels = shape.at(-1)!;
  const count = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const width = channels * rowsToJoin(channels);
  const rows = Math.floor((count * channels) / width);
  const padded = columnsAtOnce * Math.ceil(width / columnsAtOnce);
  return { channels, width, padded, rows, rest: count * channels - rows * width, count };
}

function rowsToJoin(channels: number): number {
  if (channels >= leastWidth) return 1;
  let whole = 1;
  while ((whole * channels) % columnsAtOnce !== 0) whole *= 2;
  return whole * Math.ceil(leastWidth / (whole * channels));
}
