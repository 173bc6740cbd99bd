import { toTypedArray } from '@gradus/tensor';
import { applyPalette, quantize, type Palette } from 'gifenc';
import type { Picture } from './picture';

/** All that a palette of bytes can hold. */
const mostColors = 256;

/** Pictures as places in one palette. */
export interface IndexedPictures {
  readonly palette: Palette;
  /** For each picture the place of each pixel's colour, row by row. */
  readonly indices: readonly Uint8Array[];
}

/** Finds one palette for all pictures: their very colours if these are at most 256. */
export function indexColors(pictures: readonly Picture[]): IndexedPictures {
  const frames = pictures.map(packedPixels);
  const places = new Map<number, number>();
  const indices = frames.map((frame) => placesOf(frame, places));
  if (places.size > mostColors) return nearestColors(frames);
  return { palette: Array.from(places.keys(), unpack), indices };
}

/** Where each pixel's colour stands in `places`, which new colours join at the end. */
function placesOf(frame: Uint32Array, places: Map<number, number>): Uint8Array {
  const indices = new Uint8Array(frame.length);
  let last: number | undefined;
  let place = 0;
  for (let i = 0; i < frame.length; i++) {
    const color = frame[i]!;
    // Neighbours are mostly alike, which saves looking them up.
    if (color !== last) {
      last = color;
      place = places.get(color) ?? places.size;
      if (place === places.size) places.set(color, place);
    }
    indices[i] = place;
  }
  return indices;
}

function nearestColors(frames: readonly Uint32Array[]): IndexedPictures {
  const all = new Uint32Array(frames.reduce((size, frame) => size + frame.length, 0));
  let end = 0;
  for (const frame of frames) {
    all.set(frame, end);
    end += frame.length;
  }
  const palette = quantize(new Uint8Array(all.buffer), mostColors);
  return {
    palette,
    indices: frames.map((frame) => applyPalette(new Uint8Array(frame.buffer), palette)),
  };
}

/** One number for each pixel: the bytes red, green, blue and 255 in a row, as gifenc reads them. */
function packedPixels(picture: Picture): Uint32Array<ArrayBuffer> {
  const [height = 0, width = 0, channels = 1] = picture.shape;
  const pixels = toTypedArray(picture);
  const rgba = new Uint8Array(4 * height * width);
  for (let i = 0; i < height * width; i++) {
    rgba[4 * i] = pixels[i * channels]!;
    rgba[4 * i + 1] = pixels[i * channels + (channels === 3 ? 1 : 0)]!;
    rgba[4 * i + 2] = pixels[i * channels + (channels === 3 ? 2 : 0)]!;
    rgba[4 * i + 3] = 255;
  }
  return new Uint32Array(rgba.buffer);
}

function unpack(color: number): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = new Uint8Array(Uint32Array.of(color).buffer);
  return [red, green, blue];
}
