import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy } from '@gradus/io';
import type { Tensor } from '@gradus/tensor';

/**
 * The files in `files` show one picture of 28 x 20 pixels, a brightness of 6 y + 4 x; rgb has it
 * upright, upside down and mirrored in red, green and blue. Pillow 12 (libjpeg-turbo) wrote them
 * and, in the .npy files, what it reads in grey.jpg and rgbAdobe.jpg.
 */
export function testFile(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(__dirname, 'files', name)));
}

export function testArray(name: string): Tensor {
  return decodeNpy(testFile(name));
}

/** The same file with one more segment at its start. */
export function withSegment(jpeg: Uint8Array, marker: number, data: readonly number[]): Uint8Array {
  const length = data.length + 2;
  const head = [0xff, marker, length >> 8, length & 0xff];
  return Uint8Array.of(...jpeg.subarray(0, 2), ...head, ...data, ...jpeg.subarray(2));
}

/** An EXIF segment's data, least significant byte first, that holds the orientation. */
export function exifOf(orientation: number): number[] {
  const title = Array.from('Exif\0\0', (letter) => letter.charCodeAt(0));
  return [...title, ...tiffOf(orientation)];
}

/** A TIFF header with one entry, the orientation, in either order of bytes. */
export function tiffOf(orientation: number, order: 'II' | 'MM' = 'II'): number[] {
  const number = (value: number, size: number): number[] => {
    const bytes = Array.from({ length: size }, (_, i) => (value >> (8 * i)) & 0xff);
    return order === 'II' ? bytes : bytes.reverse();
  };
  const entry = [number(0x0112, 2), number(3, 2), number(1, 4), number(orientation, 2), [0, 0]];
  const sign = order.charCodeAt(0);
  return [sign, sign, number(42, 2), number(8, 4), number(1, 2), entry, number(0, 4)].flat(2);
}

/** Where the frame header of a JPEG file starts. */
export function frameOf(jpeg: Uint8Array): number {
  return jpeg.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[i + 1]!));
}

/** The same file with another byte, counted from the start of the frame header. */
export function withFrameByte(jpeg: Uint8Array, place: number, byte: number): Uint8Array {
  const changed = jpeg.slice();
  changed[frameOf(jpeg) + place] = byte;
  return changed;
}
