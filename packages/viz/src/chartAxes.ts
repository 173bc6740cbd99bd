import { element, type Markup } from './markup';
import { hexOf, faint } from './rgb';
import { round, svgText, svgTextWidth } from './svgText';
import type { Mark } from './ticks';

export const tickFontSize = 12;
export const labelFontSize = 13;
const gridColor = '#e3e6ea';
const markLength = 5;

/** The edges of the area in which lines are drawn, in pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One direction of a chart. */
export interface Axis {
  readonly marks: readonly Mark[];
  readonly label: string | undefined;
  /** Where a value lies, in pixels. */
  readonly position: (value: number) => number;
}

/** Pixels that the marks and the label of the vertical axis take up on its left. */
export function leftRoom(marks: readonly Mark[], label: string | undefined): number {
  const widest = Math.max(0, ...marks.map((mark) => svgTextWidth(mark.label, tickFontSize)));
  return markLength + 4 + Math.ceil(widest) + (label === undefined ? 0 : 2 * labelFontSize);
}

/** Pixels that the marks and the label of the horizontal axis take up below it. */
export function bottomRoom(label: string | undefined): number {
  return markLength + 4 + tickFontSize + (label === undefined ? 0 : 2 * labelFontSize);
}

/** Draws the grid, the marks and the labels around a plot. */
export function drawAxes(plot: Plot, x: Axis, y: Axis): Markup {
  return element(
    'g',
    { 'font-size': tickFontSize },
    ...y.marks.map((mark) => horizontalMark(plot, round(y.position(mark.value)), mark.label)),
    ...x.marks.map((mark) => verticalMark(plot, round(x.position(mark.value)), mark.label)),
    line({ x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom }, hexOf(faint)),
    ...axisLabels(plot, x.label, y.label),
  );
}

function horizontalMark({ left, right }: Plot, y: number, label: string): Markup {
  return element(
    'g',
    {},
    line({ x1: left, x2: right, y1: y, y2: y }, gridColor),
    svgText(label, { x: left - markLength - 4, y: y + 4, 'text-anchor': 'end' }),
  );
}

function verticalMark({ bottom }: Plot, x: number, label: string): Markup {
  return element(
    'g',
    {},
    line({ x1: x, x2: x, y1: bottom, y2: bottom + markLength }, hexOf(faint)),
    svgText(label, { x, y: bottom + markLength + 4 + tickFontSize - 2, 'text-anchor': 'middle' }),
  );
}

function axisLabels(plot: Plot, xLabel: string | undefined, yLabel: string | undefined): Markup[] {
  const style = { 'text-anchor': 'middle', 'font-size': labelFontSize };
  const labels: Markup[] = [];
  if (xLabel !== undefined) {
    const x = (plot.left + plot.right) / 2;
    labels.push(svgText(xLabel, { x, y: plot.bottom + bottomRoom(xLabel) - 4, ...style }));
  }
  if (yLabel !== undefined) {
    const y = (plot.top + plot.bottom) / 2;
    const transform = `translate(${labelFontSize + 8} ${round(y)}) rotate(-90)`;
    labels.push(svgText(yLabel, { transform, ...style }));
  }
  return labels;
}

function line(ends: Record<'x1' | 'x2' | 'y1' | 'y2', number>, color: string): Markup {
  return element('line', { ...ends, stroke: color });
}
