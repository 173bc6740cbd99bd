/** A colour on a screen (sRGB): red, green, blue, whole numbers from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What text and lines are drawn with on white. */
export const ink: Rgb = [31, 35, 40];
const black: Rgb = [0, 0, 0];
export const paper: Rgb = [255, 255, 255];
/** Frames and lesser lines. */
export const faint: Rgb = [176, 182, 190];

/**
 * How light a colour is: relative luminance, from 0 for black to 1 for white (WCAG 2.2,
 * https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
 */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The amount of light that a channel stands for, 0 to 1 (IEC 61966-2-1). */
export function linear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** Black or white, whichever is easier to read on `background`: a contrast of at least 4.5. */
export function inkOn(background: Rgb): Rgb {
  const light = luminance(background) + 0.05;
  // Contrast is the quotient of the luminances, each 0.05 brighter (WCAG 2.2).
  return light / 0.05 >= 1.05 / light ? black : paper;
}

/** The colour as CSS and SVG write it, `#1f2328`. */
export function hexOf(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
