import { OptionError, ShapeError } from '@gradus/tensor';
import { bottomRoom, drawAxes, leftRoom, type Axis, type Plot } from './chartAxes';
import { segmentsOf, spanOf, type Point, type Segments } from './chartData';
import { drawLegend, lineStyle, stroke, type LineStyle } from './chartLegend';
import { element, type Markup } from './markup';
import { round, svgPicture, svgText } from './svgText';
import { areApart, linearTicks, logTicks, type Ticks } from './ticks';

/** Pixels around a chart. */
export const margin = 16;
const titleFontSize = 16;
export const titleHeight = 28;
const plotGap = 12;
/** The least height of the area in which lines are drawn. */
const lowestPlot = 60;

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** Heights at 0, 1, 2, ..., or pairs `[x, y]`. The line has a gap where one is not finite. */
  readonly points: readonly (number | Point)[];
  readonly dashed?: boolean;
}

/** What a chart shows, and how large it is. */
export interface LineChartOptions {
  readonly series: readonly Series[];
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Whether equal distances upwards are equal factors; heights of 0 or below leave gaps. */
  readonly logY?: boolean;
  /** Pixels, at least 200; default 640. */
  readonly width?: number;
  /** Pixels, at least 150; default 360. A long legend makes the chart higher. */
  readonly height?: number;
}

/**
 * Lines over one pair of axes, as an SVG picture. Lines have a gap where a value cannot be drawn, and
 * a dot stands where a point has no neighbour.
 * @throws ShapeError if there is no series; one without points is fine.
 * @throws OptionError if the picture would be too small to read.
 */
export function lineChart(options: LineChartOptions): string {
  const { title, width = 640 } = options;
  const { markup, height } = drawLineChart('lineChart', options);
  return svgPicture({ width, height, label: title ?? 'Line chart' }, markup);
}

/** A drawn chart and the pixels that it takes up in height. */
export interface DrawnChart {
  readonly markup: Markup;
  readonly height: number;
}

/** Draws a line chart, alone or beside others in one picture; throws in the name of `op`. */
export function drawLineChart(op: string, options: LineChartOptions): DrawnChart {
  const { series, title, xLabel, yLabel, logY = false, width = 640, height = 360 } = options;
  checkSeries(op, series);
  checkChartSize(op, { width, height });
  const lines = series.map(({ name, points, dashed = false }, index) => {
    return { name, style: lineStyle(index, dashed), segments: segmentsOf(points, logY) };
  });
  const { x, y } = ticksFor(
    lines.flatMap(({ segments }) => segments.flat()),
    logY,
  );
  const left = margin + leftRoom(y.marks, yLabel);
  const head = margin + (title === undefined ? 0 : titleHeight);
  const legend = drawLegend(lines, { x: left, y: head, width: width - left - margin });
  const top = head + legend.height + plotGap;
  const bottom = Math.max(height - margin - bottomRoom(xLabel), top + lowestPlot);
  const plot: Plot = { left, top, right: width - margin, bottom };
  const xAxis = axisOf(x, { label: xLabel, start: left, end: plot.right });
  const yAxis = axisOf(y, { label: yLabel, start: bottom, end: top, logarithmic: logY });
  const markup = element(
    'g',
    {},
    ...(title === undefined ? [] : [chartTitle(left, title)]),
    legend.markup,
    drawAxes(plot, xAxis, yAxis),
    ...lines.map(({ segments, style }) => drawLine(segments, style, [xAxis, yAxis])),
  );
  return { markup, height: bottom + bottomRoom(xLabel) + margin };
}

function checkSeries(op: string, series: readonly Series[]): void {
  if (series.length > 0) return;
  throw new ShapeError({ op, expected: 'at least one series', received: 'none' });
}

/** @throws OptionError if a chart would be too small to read. */
export function checkChartSize(
  op: string,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const sizes = { width: [width, 200], height: [height, 150] } as const;
  for (const [name, [value, least]] of Object.entries(sizes)) {
    if (value >= least && value < Infinity) continue;
    throw new OptionError({
      op,
      expected: `${name}: at least ${least} pixels`,
      received: `${value}`,
    });
  }
}

/** The horizontal axis ends with the data, so that lines fill it; the vertical one at a mark. */
function ticksFor(points: readonly Point[], logY: boolean): { x: Ticks; y: Ticks } {
  const xs = points.map(([x]) => x);
  const span = spanOf(xs, [0, 1]);
  const whole = xs.every(Number.isInteger);
  const ticks = linearTicks(...span, whole);
  const [low, high] = areApart(...span) ? span : [ticks.low, ticks.high];
  const marks = ticks.marks.filter(({ value }) => low <= value && value <= high);
  const ys = points.map(([, y]) => y);
  const y = logY ? logTicks(...spanOf(ys, [0.1, 1])) : linearTicks(...spanOf(ys, [0, 1]));
  return { x: { low, high, marks }, y };
}

interface AxisPlace {
  readonly label: string | undefined;
  /** Pixels of the low end. */
  readonly start: number;
  /** Pixels of the high end. */
  readonly end: number;
  readonly logarithmic?: boolean;
}

function axisOf({ low, high, marks }: Ticks, place: AxisPlace): Axis {
  const { label, start, end, logarithmic = false } = place;
  const along = (value: number) => (logarithmic ? Math.log10(value) : value);
  const scale = (end - start) / (along(high) - along(low));
  return { label, marks, position: (value) => start + (along(value) - along(low)) * scale };
}

/** A title at the top of a chart. */
export function chartTitle(x: number, title: string): Markup {
  const y = margin + titleFontSize - 2;
  return svgText(title, { x, y, 'font-size': titleFontSize, 'font-weight': 600 });
}

function drawLine(segments: Segments, style: LineStyle, [x, y]: readonly [Axis, Axis]): Markup {
  const place = (point: Point): Point => [round(x.position(point[0])), round(y.position(point[1]))];
  const path = segments
    .filter((segment) => segment.length > 1)
    .map((segment) => `M${segment.map((point) => place(point).join(' ')).join('L')}`)
    .join('');
  const dots = segments
    .filter((segment) => segment.length === 1)
    .map(([point]) => place(point!))
    .map(([cx, cy]) => element('circle', { cx, cy, r: 3.5, fill: style.color }));
  const shape = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  const line = element('path', { d: path, ...shape, ...stroke(style) });
  return element('g', {}, ...(path === '' ? [] : [line]), ...dots);
}
