import { FormatError, type FormatComplaint } from '@gradus/io';

/** Larger images would need gigabytes while they are decoded. */
const mostPixels = 50e6;

/** Something wrong with the bytes of an image. */
export function imageError(complaint: Omit<FormatComplaint, 'op'>): FormatError {
  return new FormatError({ op: 'decodeImage', ...complaint });
}

/**
 * Checks the size that a header announces before memory is given to it.
 * @param offset where the header says so.
 * @throws FormatError if an edge is 0 or the image is too large.
 */
export function checkImageSize(width: number, height: number, offset: number): void {
  const received = `${width} x ${height}`;
  if (width < 1 || height < 1) {
    throw imageError({ expected: 'an image of at least 1 x 1 pixel', received, offset });
  }
  if (width * height > mostPixels) {
    const expected = `an image of at most ${mostPixels / 1e6} megapixels`;
    throw imageError({ expected, received, offset, hint: 'Make it smaller first.' });
  }
}

/**
 * Runs a library's decoder, whose errors become ours.
 * @throws FormatError with the library's reason.
 */
export function runDecoder<T>(format: 'PNG' | 'JPEG', decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw imageError({
      expected: `a whole, undamaged ${format} image`,
      received: `one that cannot be decoded (${reasonOf(error)})`,
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
