import { data } from 'gradus';

/** Width and height of a PNG file, all of whose pixels can be read. */
export function pngSize(bytes: Uint8Array): [width: number, height: number] {
  const [height, width] = data.decodeImage(bytes).shape as [number, number, number];
  return [width, height];
}

/** Width, height and number of frames of an animated GIF file with a delay for each. */
export function gifSize(bytes: Uint8Array): [width: number, height: number, frames: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('GIF89a') || bytes.at(-1) !== 0x3b) throw new Error('not a whole GIF file');
  return [view.getUint16(6, true), view.getUint16(8, true), text.split('\x21\xf9\x04').length - 1];
}

/** The text of an SVG file that is closed at its end. */
export function svgText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (!/^<svg [^>]*>.*<\/svg>\s*$/s.test(text)) throw new Error('not a whole SVG file');
  return text;
}
