import { elementBytes } from './element';

/*
 * The spectrum of a plane lies in blocks of four columns, and within a block row by row: an element for
 * each row. So the columns of a block are transformed together, in one stretch of memory.
 */

/**
 * Bytes from one block of four columns to the next. Not a power of two, so that a row of blocks does
 * not fall into the same few sets of the caches.
 */
export function blockPitch(height: number): number {
  return elementBytes * height + 64;
}

/** Bytes of the spectrum of a plane. */
export function spectrumBytes(height: number, width: number): number {
  return (width / 4) * blockPitch(height);
}
