import type { AffineMap, PictureSize } from './affineMap';
import { foldIndex, type FillMode } from './fillMode';

/** Between pixels: a mixture of the four around, or the nearest. */
export const interpolations = ['bilinear', 'nearest'] as const;

/** How a picture is looked up between its pixels. */
export type Interpolation = (typeof interpolations)[number];

/** Which pixels of a picture make each pixel of another one, and with which weights. */
export interface Taps {
  /** How many make one. */
  readonly count: number;
  /** `row * width + column` of each; those of one pixel stand together. */
  readonly pixels: Int32Array;
  /** 0 where there is none. */
  readonly weights: Float64Array;
}

/** A picture, and what is made of it. */
export interface Sampling {
  readonly from: PictureSize;
  readonly to: PictureSize;
  readonly fillMode: FillMode;
  readonly interpolation: Interpolation;
}

/** Finds the taps of a picture under a map; they take the place of those found before. */
export function tapFinder(sampling: Sampling): (map: AffineMap) => Taps {
  const [height, width] = sampling.to;
  const count = sampling.interpolation === 'nearest' ? 1 : 4;
  const length = count * height * width;
  const taps: Taps = { count, pixels: new Int32Array(length), weights: new Float64Array(length) };
  const set = count === 1 ? setNearest : setAround;
  return ([a, b, c, d, e, f]) => {
    for (let i = 0, at = 0; i < height; i++) {
      for (let j = 0; j < width; j++, at += count) {
        set(taps, at, { row: a * i + b * j + c, column: d * i + e * j + f }, sampling);
      }
    }
    return taps;
  };
}

/** Where a picture is looked up. */
interface Place {
  readonly row: number;
  readonly column: number;
}

function setNearest(taps: Taps, at: number, { row, column }: Place, sampling: Sampling): void {
  taps.weights[at] = 1;
  setPixel(taps, at, { row: Math.floor(row + 0.5), column: Math.floor(column + 0.5) }, sampling);
}

function setAround(taps: Taps, at: number, { row, column }: Place, sampling: Sampling): void {
  const { pixels, weights } = taps;
  const [height, width] = sampling.from;
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [row - top, column - left];
  weights[at] = (1 - down) * (1 - right);
  weights[at + 1] = (1 - down) * right;
  weights[at + 2] = down * (1 - right);
  weights[at + 3] = down * right;
  // Most places have pixels all around: twice as fast as to look for each of them.
  if (top >= 0 && left >= 0 && top + 1 < height && left + 1 < width) {
    const pixel = top * width + left;
    pixels[at] = pixel;
    pixels[at + 1] = pixel + 1;
    pixels[at + 2] = pixel + width;
    pixels[at + 3] = pixel + width + 1;
    return;
  }
  setPixel(taps, at, { row: top, column: left }, sampling);
  setPixel(taps, at + 1, { row: top, column: left + 1 }, sampling);
  setPixel(taps, at + 2, { row: top + 1, column: left }, sampling);
  setPixel(taps, at + 3, { row: top + 1, column: left + 1 }, sampling);
}

/** Sets the pixel of a tap, or its weight to 0 if there is none. */
function setPixel(
  { pixels, weights }: Taps,
  at: number,
  { row, column }: Place,
  { from, fillMode }: Sampling,
): void {
  const i = foldIndex(row, from[0], fillMode);
  const j = foldIndex(column, from[1], fillMode);
  const isInside = i >= 0 && j >= 0;
  pixels[at] = isInside ? i * from[1] + j : 0;
  if (!isInside) weights[at] = 0;
}
