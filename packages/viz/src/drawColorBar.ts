import type { Canvas } from './canvas';
import { drawText, textHeight, textWidth } from './drawText';
import { faint, type Rgb } from './rgb';
import { shortNumber } from './shortNumber';
import type { Ends } from './valueRange';

const gapAbove = 16;
const thickness = 12;
const gapBelow = 8;
/** Pixels that a colour bar takes up in height, with the space above it. */
export const colorBarHeight = gapAbove + thickness + gapBelow + textHeight();

/** Where a colour bar is drawn (its top left corner, with the space above) and what it shows. */
export interface ColorBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly colorOf: (value: number) => Rgb;
  readonly ends: Ends;
}

/** Draws a colour scale from left to right, with the values of its ends and its middle below. */
export function drawColorBar(canvas: Canvas, { x, y, width, colorOf, ends }: ColorBar): void {
  const bar = { x, y: y + gapAbove, width, height: thickness };
  canvas.frame(bar, faint);
  const valueAt = (fraction: number) => ends[0] + (ends[1] - ends[0]) * fraction;
  for (let column = 0; column < width; column++) {
    const color = colorOf(valueAt(column / (width - 1)));
    canvas.fill({ ...bar, x: x + column, width: 1 }, color);
  }
  const [low, middle, high] = [0, 0.5, 1].map((fraction) => shortNumber(valueAt(fraction)));
  const below = bar.y + thickness + gapBelow;
  drawText(canvas, low!, { x, y: below });
  drawText(canvas, high!, { x: x + width - textWidth(high!), y: below });
  const free = width / 2 - Math.max(textWidth(low!), textWidth(high!));
  const half = textWidth(middle!) / 2;
  if (half + gapBelow > free) return;
  drawText(canvas, middle!, { x: x + Math.round(width / 2 - half), y: below });
}
