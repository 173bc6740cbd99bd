import { element, type Attributes, type Markup } from './markup';
import { hexOf, ink } from './rgb';

const fontFamily = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

/** The outermost element of a picture; `label` is what a screen reader says. */
export function svgPicture(
  { width, height, label }: { width: number; height: number; label: string },
  ...content: Markup[]
): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width: round(width),
    height: round(height),
    role: 'img',
    'font-family': fontFamily,
  };
  const background = element('rect', { width: '100%', height: '100%', fill: '#ffffff' });
  return element('svg', attributes, element('title', {}, label), background, ...content).text;
}

/** A line of text with its baseline at y; dark unless `fill` says otherwise. */
export function svgText(text: string, attributes: Attributes): Markup {
  return element('text', { fill: hexOf(ink), ...attributes }, text);
}

/** Pixels that a text takes up at most, about: fonts differ. */
export function svgTextWidth(text: string, fontSize: number): number {
  return 0.6 * fontSize * Array.from(text).length;
}

/** A coordinate to a hundredth of a pixel. */
export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
