import { decode, type DecodedPng } from 'fast-png';
import { tensor, type Tensor } from '@gradus/tensor';
import { checkImageSize, imageError, runDecoder } from './imageFormat';

/** Samples of 8 bits, the channels of a pixel side by side; 2 and 4 channels end with alpha. */
interface Pixels {
  readonly values: Uint8Array;
  readonly channels: number;
}

/**
 * The pixels of a PNG file, as `decodeImage` describes them.
 * Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)",
 * https://www.w3.org/TR/png-3/
 */
export function decodePng(bytes: Uint8Array): Tensor<'uint8'> {
  const usesPalette = checkHeader(bytes);
  const png = runDecoder('PNG', () => decode(bytes, { checkCrc: true }));
  const { values, channels } = onWhite(usesPalette ? lookUp(png) : toPixels(png));
  return tensor(values, [png.height, png.width, channels]);
}

/** Refuses what the library would read wrongly; returns whether the pixels are palette indices. */
function checkHeader(bytes: Uint8Array): boolean {
  if (bytes.length < 33) {
    const received = `${bytes.length} before the end of the file`;
    throw imageError({ expected: 'a PNG header of 33 bytes', received });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkImageSize(view.getUint32(16), view.getUint32(20), 16);
  const [depth, colourType, interlaced] = [bytes[24]!, bytes[25]!, bytes[28] === 1];
  // fast-png takes the samples of an interlaced image for whole bytes.
  if (interlaced && depth < 8) {
    throw imageError({
      expected: 'an interlaced PNG image of 8 or 16 bits per sample',
      received: `${depth}`,
      offset: 24,
      hint: 'Save it without interlacing.',
    });
  }
  return colourType === 3;
}

/** Every palette index replaced by its colour. */
function lookUp(png: DecodedPng): Pixels {
  const palette = png.palette ?? [];
  const channels = palette[0]?.length ?? 3;
  const indices = samplesOf(png);
  const values = new Uint8Array(indices.length * channels);
  indices.forEach((index, pixel) => {
    const colour = palette[index];
    if (colour === undefined) {
      const expected = `palette indices below ${palette.length}`;
      throw imageError({ expected, received: `${index} at pixel ${pixel}` });
    }
    values.set(colour, pixel * channels);
  });
  return { values, channels };
}

/** Samples of any depth as 8 bits, rounded; a colour declared transparent becomes an alpha channel. */
function toPixels(png: DecodedPng): Pixels {
  const { depth, channels, transparency } = png;
  const samples = samplesOf(png);
  const largest = 2 ** depth - 1;
  const values =
    depth === 8
      ? Uint8Array.from(samples)
      : Uint8Array.from(samples, (sample) => Math.round((sample * 255) / largest));
  if (transparency === undefined) return { values, channels };
  const withAlpha = new Uint8Array((values.length / channels) * (channels + 1));
  for (let from = 0, to = 0; from < values.length; from += channels, to += channels + 1) {
    withAlpha.set(values.subarray(from, from + channels), to);
    const hidden = transparency.every((key, c) => samples[from + c] === key);
    withAlpha[to + channels] = hidden ? 0 : 255;
  }
  return { values: withAlpha, channels: channels + 1 };
}

/** One number for each sample; rows of under 8 bits per sample are packed into whole bytes. */
function samplesOf({ data, depth, width, height }: DecodedPng): Uint8Array | Uint16Array {
  if (data instanceof Uint8ClampedArray) return new Uint8Array(data);
  if (depth >= 8) return data;
  const rowBytes = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(width * height);
  const mask = 2 ** depth - 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)]!;
      samples[i] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

/** Drops the alpha channel, if there is one, by laying the image on a white ground. */
function onWhite({ values, channels }: Pixels): Pixels {
  if (channels === 1 || channels === 3) return { values, channels };
  const colours = channels - 1;
  const out = new Uint8Array((values.length / channels) * colours);
  for (let from = 0, to = 0; from < values.length; from += channels, to += colours) {
    const alpha = values[from + colours]! / 255;
    for (let c = 0; c < colours; c++) {
      out[to + c] = Math.round(alpha * values[from + c]! + (1 - alpha) * 255);
    }
  }
  return { values: out, channels: colours };
}
