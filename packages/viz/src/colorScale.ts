import type { ColorMap } from './colorMaps';
import type { Rgb } from './rgb';
import { fractionOf, type Ends } from './valueRange';

/** Marks values that are not finite. No colour map here comes near it. */
export const notFiniteColor: Rgb = [255, 0, 255];

/**
 * Steps of a colour scale: odd, so that one is the middle, and few enough that the 256 colours of a
 * GIF have room for text and frames too.
 */
const steps = 241;

/** The colour of each value, given the values at the two ends of the map. */
export function colorScale(colorMap: ColorMap, ends: Ends): (value: number) => Rgb {
  const colors = Array.from({ length: steps }, (_, step) => colorMap(step / (steps - 1)));
  return (value) =>
    Number.isFinite(value)
      ? colors[Math.round(fractionOf(value, ends) * (steps - 1))]!
      : notFiniteColor;
}
