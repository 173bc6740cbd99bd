import { FormatError } from '@gradus/io';
import type { Tensor } from '@gradus/tensor';
import type * as jpegDecoder from './decodeJpeg';
import type * as pngDecoder from './decodePng';

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegStart = [0xff, 0xd8, 0xff];

/** Formats that people mistake for readable ones; 0 stands for any byte. */
const foreignStarts: readonly (readonly [string, readonly number[]])[] = [
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a BMP image', [0x42, 0x4d]],
  ['a TIFF image', [0x49, 0x49, 0x2a]],
  ['a TIFF image', [0x4d, 0x4d, 0, 0x2a]],
  ['a WebP image', [0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50]],
];

/**
 * The pixels of a PNG or JPEG file, uint8 `[height, width, channels]` with 1 channel (grey) or 3
 * (red, green, blue), 0 to 255. The content decides, not the name of the file.
 *
 * Palettes are looked up; 16 bits per sample are rounded to 8, fewer are spread over 0 to 255;
 * transparent pixels are laid on white, as on a page. A JPEG is turned upright as its EXIF
 * orientation says, by a strided view. Colour profiles and gamma are ignored.
 * @throws FormatError if the bytes are another format, a variant that is not supported (CMYK,
 * 12 bits, lossless, interlaced PNG of under 8 bits), damaged, or more than 50 megapixels.
 */
export function decodeImage(bytes: Uint8Array): Tensor<'uint8'> {
  if (startsWith(bytes, pngStart)) return png().decodePng(bytes);
  if (startsWith(bytes, jpegStart)) return jpeg().decodeJpeg(bytes);
  throw new FormatError({
    op: 'decodeImage',
    expected: 'a PNG or JPEG image',
    received: describeStart(bytes),
  });
}

// Loaded with the first image: fast-png computes large tables when it is loaded. `import` would make
// every program wait for them, images or not.
/* eslint-disable @typescript-eslint/no-require-imports */
const png = () => require('./decodePng') as typeof pngDecoder;
const jpeg = () => require('./decodeJpeg') as typeof jpegDecoder;
/* eslint-enable @typescript-eslint/no-require-imports */

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function describeStart(bytes: Uint8Array): string {
  const foreign = foreignStarts.find(([, start]) =>
    start.every((byte, i) => byte === 0 || bytes[i] === byte),
  );
  if (foreign !== undefined) return foreign[0];
  if (bytes.length === 0) return 'no bytes';
  const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `${bytes.length} bytes that start with ${start.join(' ')}`;
}
