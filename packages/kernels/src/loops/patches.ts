import type { ConvGeometry } from '../convGeometry';
import type { PackLines } from './gemm';
import type { PaddedImages } from './paddedImage';

/**
 * The patches of images that a filter sees, as a matrix with a row for each output pixel and a
 * column for each tap of the filter: element [p, t] is `data[pixels[p] + taps[t]]`. This is im2col
 * without the copy: the matrix exists only as the panels into which parts of it are packed.
 */
export interface Patches {
  readonly data: Float64Array;
  readonly pixels: Int32Array;
  readonly taps: Int32Array;
}

/** Where the window of each output pixel of `count` images begins. */
export function windowStarts(
  { output, strides }: ConvGeometry,
  { steps: [image, row, pixel] }: PaddedImages,
  count: number,
): Int32Array {
  const starts = new Int32Array(count * output.height * output.width);
  let p = 0;
  for (let n = 0; n < count; n++) {
    for (let oh = 0; oh < output.height; oh++) {
      const start = n * image + oh * strides.vertical * row;
      for (let ow = 0; ow < output.width; ow++) {
        starts[p++] = start + ow * strides.horizontal * pixel;
      }
    }
  }
  return starts;
}

/** How far from its window's start each tap of the filters of a group lies. */
export function tapOffsets(
  { filter, dilations, input, groups }: ConvGeometry,
  { steps: [, row, pixel, channel] }: PaddedImages,
  group: number,
): Int32Array {
  const channels = input.channels / groups;
  const offsets = new Int32Array(filter.height * filter.width * channels);
  let t = 0;
  for (let kh = 0; kh < filter.height; kh++) {
    for (let kw = 0; kw < filter.width; kw++) {
      const start = kh * dilations.vertical * row + kw * dilations.horizontal * pixel;
      for (let c = 0; c < channels; c++) offsets[t++] = start + (group * channels + c) * channel;
    }
  }
  return offsets;
}

/** Packs the rows of the matrix: each is the patch of an output pixel. */
export function packPixels({ data, pixels, taps }: Patches): PackLines {
  return (panels, first, lines) =>
    packSums(data, panels, pixels.subarray(first, first + lines), taps);
}

/** Packs its columns: each is what one tap of the filter sees while it walks over the images. */
export function packTaps({ data, pixels, taps }: Patches): PackLines {
  return (panels, first, lines) =>
    packSums(data, panels, taps.subarray(first, first + lines), pixels);
}

/**
 * Writes `data[line + element]` for three lines at a time. In the last panel, missing lines repeat
 * the first one; what comes of them is dropped.
 */
function packSums(
  data: Float64Array,
  panels: Float64Array,
  lines: Int32Array,
  elements: Int32Array,
): void {
  let to = 0;
  for (let line = 0; line < lines.length; line += 3) {
    const a = lines[line]!;
    const b = lines[line + 1] ?? a;
    const c = lines[line + 2] ?? a;
    for (let i = 0; i < elements.length; i++, to += 3) {
      const at = elements[i]!;
      panels[to] = data[a + at]!;
      panels[to + 1] = data[b + at]!;
      panels[to + 2] = data[c + at]!;
    }
  }
}

/** Adds row p of a matrix to what patch p covers: the adjoint of taking patches, or col2im. */
export function addPatches(
  { data, pixels, taps }: Patches,
  rows: Float64Array,
  rowStep: number,
): void {
  for (let p = 0; p < pixels.length; p++) {
    const start = pixels[p]!;
    const row = p * rowStep;
    for (let t = 0; t < taps.length; t++) data[start + taps[t]!]! += rows[row + t]!;
  }
}
