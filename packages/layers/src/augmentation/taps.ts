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

/** The taps of a picture under a map. */
export function tapsUnder(map: AffineMap, sampling: Sampling): Taps {
  const { from, to, fillMode, interpolation } = sampling;
  const [a, b, c, d, e, f] = map;
  const [height, width] = to;
  const count = interpolation === 'nearest' ? 1 : 4;
  const pixels = new Int32Array(count * height * width);
  const weights = new Float64Array(pixels.length);
  let next = 0;
  const add = (row: number, column: number, weight: number): void => {
    const i = foldIndex(row, from[0], fillMode);
    const j = foldIndex(column, from[1], fillMode);
    const isInside = i >= 0 && j >= 0;
    pixels[next] = isInside ? i * from[1] + j : 0;
    weights[next++] = isInside ? weight : 0;
  };
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const row = a * i + b * j + c;
      const column = d * i + e * j + f;
      if (count === 1) {
        add(Math.floor(row + 0.5), Math.floor(column + 0.5), 1);
        continue;
      }
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const [down, right] = [row - top, column - left];
      add(top, left, (1 - down) * (1 - right));
      add(top, left + 1, (1 - down) * right);
      add(top + 1, left, down * (1 - right));
      add(top + 1, left + 1, down * right);
    }
  }
  return { count, pixels, weights };
}
