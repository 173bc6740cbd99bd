import { fill, Random, tensor, viz } from 'gradus';

/** A PNG file of noise, the same for the same seed. */
export function noisePng(height: number, width: number, seed = 0): Uint8Array {
  const random = new Random(seed);
  const noise = fill([height, width, 3], () => Math.floor(random.uniform(0, 256)));
  return viz.encodePng(tensor(Uint8Array.from(noise.toTypedArray()), [height, width, 3]));
}

/** A PNG file of one colour. */
export function flatPng(height: number, width: number, level = 90): Uint8Array {
  return viz.encodePng(tensor(new Uint8Array(height * width).fill(level), [height, width]));
}

/** Width and height in the header of a PNG file. */
export function pngSize(bytes: Uint8Array): [width: number, height: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(0) !== 0x89504e47) throw new Error('not a PNG file');
  return [view.getUint32(16), view.getUint32(20)];
}

/** Width, height and number of frames of an animated GIF with a delay for each. */
export function gifSize(bytes: Uint8Array): [width: number, height: number, frames: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('GIF89a') || bytes.at(-1) !== 0x3b) throw new Error('not a whole GIF file');
  return [view.getUint16(6, true), view.getUint16(8, true), text.split('\x21\xf9\x04').length - 1];
}
