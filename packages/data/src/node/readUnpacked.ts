import { readFile, stat } from 'node:fs/promises';
import { FormatError } from '@gradus/io';
import { gunzip, gunzipStart, isGzip } from './gunzip';

/** What a file may hold. */
export interface UnpackLimits {
  /** The function that reads it, for errors. */
  readonly op: string;
  /** Its largest size in bytes, unpacked. */
  readonly most: number;
  /** What its first bytes say of its size, unpacked; they may be wrong and then throw. */
  readonly announced?: ((start: Uint8Array) => number) | undefined;
}

/**
 * The bytes of a file, unpacked if it is a gzip file. Nothing is unpacked beyond the size that its
 * header announces, and nothing at all if that is too large.
 * @throws FormatError if the file is larger than it may be, or a gzip file that is damaged;
 * otherwise what the file system throws.
 */
export async function readUnpacked(
  path: string,
  { op, most, announced }: UnpackLimits,
): Promise<Uint8Array> {
  const { size } = await stat(path);
  checkSize(op, size, most);
  const bytes = await readFile(path);
  if (!isGzip(bytes)) return bytes;
  if (announced === undefined) {
    return gunzip(bytes, most, `at most ${most} bytes, unpacked`);
  }
  const needed = announced(gunzipStart(bytes));
  checkSize(op, needed, most);
  return gunzip(bytes, needed, `the ${needed} bytes that the header in it announces`);
}

function checkSize(op: string, size: number, most: number): void {
  if (size <= most) return;
  const expected = `a file of at most ${most} bytes, unpacked`;
  throw new FormatError({ op, expected, received: `one of ${size}` });
}

/**
 * What `read` finds in a file.
 * @throws FormatError naming the file if `read` throws one.
 */
export async function namingFile<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof FormatError ? error.inFile(path) : error;
  }
}
