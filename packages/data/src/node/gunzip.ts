import { promisify } from 'node:util';
import { constants, gunzip as nodeGunzip, gunzipSync } from 'node:zlib';
import { FormatError } from '@gradus/io';

const unpack = promisify(nodeGunzip);

/** Four kilobytes unpack to four megabytes at the most. */
const startSize = 4096;

/** A size that is stated too small must not make for millions of pieces. */
const leastChunk = 2 ** 16;

/** Whether bytes are a gzip file: the content decides, not a name that ends in .gz. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file (RFC 1952), but stops where it grows beyond `most` bytes: a small file can
 * unpack to thousands of times its size.
 * @param expected how `most` came about, for the error.
 * @throws FormatError if there is more in it, or it is damaged or cut off.
 */
export async function gunzip(
  bytes: Uint8Array,
  most: number,
  expected: string,
): Promise<Uint8Array> {
  // With room for all of it, and a little more, Node unpacks in one piece.
  const chunkSize = Math.max(Math.min(statedSize(bytes), most) + 64, leastChunk);
  try {
    return plain(await unpack(bytes, { maxOutputLength: Math.max(most, 1), chunkSize }));
  } catch (error) {
    throw gzipError(error, expected);
  }
}

/**
 * The first bytes in a gzip file, a few kilobytes: enough for a header.
 * @throws FormatError if they are damaged.
 */
export function gunzipStart(bytes: Uint8Array): Uint8Array {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return plain(gunzipSync(bytes.subarray(0, startSize), options));
  } catch (error) {
    throw gzipError(error, 'the start of a file');
  }
}

/** What the last four bytes say of the content's length; they may lie. */
function statedSize(bytes: Uint8Array): number {
  if (bytes.length < 4) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/** A Buffer as what it is to everyone else: its `slice` copies. */
function plain({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function gzipError(error: unknown, expected: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const op = 'gunzip';
  if (error.code === 'ERR_BUFFER_TOO_LARGE') {
    return new FormatError({ op, expected, received: 'a gzip file that holds more' });
  }
  return new FormatError({
    op,
    expected: 'a whole, undamaged gzip file',
    received: `one that cannot be unpacked (${error.message})`,
  });
}
