import { encode } from 'fast-png';
import { crc32 } from 'node:zlib';
import { sizeOf, type Shape } from '@gradus/tensor';

/** A PNG file of samples in the order of `[height, width, channels]`. */
export function pngOf(
  [height, width, channels]: Shape,
  data: Uint8Array | Uint16Array,
  options: { readonly palette?: number[][]; readonly interlace?: 'Adam7' } = {},
): Uint8Array {
  const { palette, interlace = 'null' } = options;
  const depth = data instanceof Uint16Array ? 16 : 8;
  const image = { width: width!, height: height!, channels: channels!, depth, data } as const;
  return encode(palette === undefined ? image : { ...image, palette }, { interlace });
}

/** A grey PNG file of 1, 2 or 4 bits per sample; every row is filled up to whole bytes. */
export function packedPngOf(
  [height, width]: Shape,
  samples: ArrayLike<number>,
  depth: 1 | 2 | 4,
): Uint8Array {
  const rowBytes = Math.ceil((width! * depth) / 8);
  const data = new Uint8Array(height! * rowBytes);
  for (let i = 0; i < sizeOf([height!, width!]); i++) {
    const bit = (i % width!) * depth;
    data[Math.floor(i / width!) * rowBytes + Math.floor(bit / 8)]! |=
      samples[i]! << (8 - depth - (bit % 8));
  }
  return encode({ width: width!, height: height!, channels: 1, depth, data });
}

/** The same file with one more chunk after its header. */
export function withChunk(png: Uint8Array, type: string, data: readonly number[]): Uint8Array {
  const body = [...Array.from(type, (letter) => letter.charCodeAt(0)), ...data];
  const chunk = Uint8Array.of(
    ...bigEndian(data.length),
    ...body,
    ...bigEndian(crc32(Uint8Array.from(body))),
  );
  return Uint8Array.of(...png.subarray(0, 33), ...chunk, ...png.subarray(33));
}

/** The same file with other bytes in its header. */
export function withHeader(png: Uint8Array, place: number, bytes: readonly number[]): Uint8Array {
  const changed = png.slice();
  changed.set(bytes, place);
  changed.set(bigEndian(crc32(changed.subarray(12, 29))), 29);
  return changed;
}

/** A whole number in 4 bytes, as PNG writes it. */
export function bigEndian(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}
