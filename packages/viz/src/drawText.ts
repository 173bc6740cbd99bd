import type { Canvas, Rectangle } from './canvas';
import { glyphDepth, glyphHeight, glyphOf, glyphWidth } from './font';
import { ink, type Rgb } from './rgb';

const ellipsis = '...';

/** Where and how a line of text is drawn. */
export interface TextStyle {
  readonly x: number;
  /** The top of the capitals. */
  readonly y: number;
  /** Pixels for each dot of a letter; default 2. */
  readonly scale?: number;
  readonly color?: Rgb;
}

/** Pixels from the left of the first letter to the right of the last. */
export function textWidth(text: string, scale = 2): number {
  const letters = Array.from(text).length;
  return letters === 0 ? 0 : scale * (letters * (glyphWidth + 1) - 1);
}

/** Pixels from the top of a capital to the baseline. */
export function textHeight(scale = 2): number {
  return scale * glyphHeight;
}

/** Pixels from the baseline to the end of the tails of letters such as g. */
export function textDepth(scale = 2): number {
  return scale * glyphDepth;
}

/** Draws one line of text. */
export function drawText(canvas: Canvas, text: string, style: TextStyle): void {
  const { x, y, scale = 2, color = ink } = style;
  Array.from(text).forEach((character, index) => {
    const left = x + scale * index * (glyphWidth + 1);
    glyphOf(character).forEach((dots, row) => {
      for (let column = 0; column < glyphWidth; column++) {
        if (dots[column] !== '#') continue;
        const dot = { x: left + scale * column, y: y + scale * row, width: scale, height: scale };
        canvas.fill(dot, color);
      }
    });
  });
}

/** Draws one line of text in the middle of a rectangle. */
export function drawCentredText(
  canvas: Canvas,
  text: string,
  { x, y, width, height }: Rectangle,
  style: Pick<TextStyle, 'scale' | 'color'>,
): void {
  drawText(canvas, text, {
    ...style,
    x: x + Math.round((width - textWidth(text, style.scale)) / 2),
    y: y + Math.round((height - textHeight(style.scale)) / 2),
  });
}

/** The text, or as much of it as fits into `width` with dots after it. */
export function fitText(text: string, width: number, scale = 2): string {
  if (textWidth(text, scale) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && textWidth(letters.join('') + ellipsis, scale) > width) letters.pop();
  return letters.join('').trimEnd() + ellipsis;
}
