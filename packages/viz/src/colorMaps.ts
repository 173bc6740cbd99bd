import { mshOf, rgbOf, type Msh } from './mshColor';
import type { Rgb } from './rgb';

/** A colour for every number from 0 to 1; numbers outside get the colour of the nearer end. */
export type ColorMap = (fraction: number) => Rgb;

/** Black to white. */
export const grey: ColorMap = (fraction) => {
  const level = Math.round(255 * clamp(fraction));
  return [level, level, level];
};

const coolEnd = mshOf([59, 76, 192]);
const warmEnd = mshOf([180, 4, 38]);
/** Of the colour in the middle: near white, but not so light that the ends look far off. */
const middleMagnitude = 88;

/**
 * Blue by way of near white to red, for signed values with zero in the middle: either side grows
 * darker and more saturated evenly. Moreland, "Diverging Color Maps for Scientific Visualization",
 * ISVC 2009, sections 4 and 5, with the end colours of its figure 7.
 */
export const diverging: ColorMap = (fraction) => {
  const t = clamp(fraction);
  const end = t < 0.5 ? coolEnd : warmEnd;
  const distance = Math.abs(2 * t - 1);
  const start = unsaturated(end);
  return rgbOf([
    mix(start[0], end[0], distance),
    mix(start[1], end[1], distance),
    mix(start[2], end[2], distance),
  ]);
};

/** The middle colour, with the hue that makes the way to `end` an even spiral (section 5). */
function unsaturated([magnitude, saturation, hue]: Msh): Msh {
  const spin =
    (saturation * Math.sqrt(middleMagnitude ** 2 - magnitude ** 2)) /
    (magnitude * Math.sin(saturation));
  // Away from purple, which lies between the two ends.
  return [middleMagnitude, 0, hue > -Math.PI / 3 ? hue + spin : hue - spin];
}

/** Nine equal steps along viridis (S. van der Walt and N. Smith, CC0, https://bids.github.io/colormap/). */
const viridisPoints: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];

/**
 * Dark violet by way of green to yellow, for values from small to large: lightness grows evenly,
 * also in the eyes of the colour-blind.
 */
export const viridis: ColorMap = (fraction) => {
  const position = clamp(fraction) * (viridisPoints.length - 1);
  const index = Math.min(Math.floor(position), viridisPoints.length - 2);
  const [from, to] = [viridisPoints[index]!, viridisPoints[index + 1]!];
  const between = (i: 0 | 1 | 2) => Math.round(mix(from[i], to[i], position - index));
  return [between(0), between(1), between(2)];
};

function mix(from: number, to: number, fraction: number): number {
  return from + (to - from) * fraction;
}

/** Not-a-number counts as 0. */
function clamp(fraction: number): number {
  return fraction > 0 ? Math.min(fraction, 1) : 0;
}
