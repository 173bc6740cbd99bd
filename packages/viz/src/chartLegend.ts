import { element, type Markup } from './markup';
import { svgText, svgTextWidth } from './svgText';

const fontSize = 13;
const rowHeight = 22;
const swatchWidth = 24;
const swatchGap = 8;
const entryGap = 24;

/** How a line is drawn. */
export interface LineStyle {
  readonly color: string;
  /** SVG's stroke-dasharray. */
  readonly dashes: string | undefined;
}

/**
 * Colours that can be told apart with any kind of colour vision, those that show on white (M. Okabe
 * and K. Ito, "Color Universal Design", 2008, https://jfly.uni-koeln.de/color/).
 */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/** The style of the line at `index`; lines beyond the last colour are dotted. */
export function lineStyle(index: number, dashed: boolean): LineStyle {
  const color = colors[index % colors.length]!;
  if (dashed) return { color, dashes: '7 5' };
  return { color, dashes: index < colors.length ? undefined : '2 4' };
}

/** What a legend names. */
export interface LegendEntry {
  readonly name: string;
  readonly style: LineStyle;
}

/** A drawn legend and the pixels that it takes up in height. */
export interface Legend {
  readonly markup: Markup;
  readonly height: number;
}

/** Draws names beside samples of their lines, in as many rows as it takes. */
export function drawLegend(
  entries: readonly LegendEntry[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): Legend {
  let left = x;
  let row = 0;
  const drawn = entries.map(({ name, style }) => {
    const needed = swatchWidth + swatchGap + svgTextWidth(name, fontSize);
    if (left > x && left + needed > x + width) {
      left = x;
      row++;
    }
    const middle = y + rowHeight * (row + 0.5);
    const start = left;
    left += needed + entryGap;
    return element(
      'g',
      {},
      element('line', {
        x1: start,
        x2: start + swatchWidth,
        y1: middle,
        y2: middle,
        ...stroke(style),
      }),
      svgText(name, { x: start + swatchWidth + swatchGap, y: middle + 4.5, 'font-size': fontSize }),
    );
  });
  return { markup: element('g', {}, ...drawn), height: rowHeight * (row + 1) };
}

/** The attributes of a line in this style. */
export function stroke({ color, dashes }: LineStyle): Record<string, string | number | undefined> {
  return { stroke: color, 'stroke-width': 2, 'stroke-dasharray': dashes };
}
