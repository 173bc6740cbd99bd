import { viz } from 'gradus';
import { bestPeer, type Row } from '../harness/row';
import { LogScale } from './logScale';
import { rounded } from './rowsToText';

const rowHeight = 22;
/** Between rows of different units. */
const gap = 10;
const margin = 16;
/** Of the legend and the numbers of the axis. */
const headHeight = 48;
const labelWidth = 270;
const barWidth = 380;
const resultWidth = 130;
const colors = { better: '#2563a8', worse: '#b3562b', goal: '#1a1a1a', grid: '#dddddd' };
const quiet = { fill: '#666666' };
const { element } = viz;

interface Bar {
  readonly row: Row;
  readonly ratio: number;
  /** The upper edge. */
  readonly y: number;
}

/**
 * Bars for the ratios of all rows that have one, on a logarithmic scale: to the right of the line at
 * 1 where we are better than the best peer, to the left where we are not. A tick marks the goal.
 */
export function ratioChart(rows: readonly Row[]): string {
  const bars = barsOf(rows);
  const values = bars.flatMap(({ ratio, row }) => [ratio, row.goal ?? 1]);
  const scale = new LogScale([Math.min(0.5, ...values), Math.max(2, ...values)], {
    from: labelWidth,
    to: labelWidth + barWidth,
  });
  const width = labelWidth + barWidth + resultWidth + margin;
  const end = Math.max(headHeight, ...bars.map(({ y }) => y + rowHeight));
  const height = end + margin;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': 'Speed of Gradus over the best peer in each case',
      'font-family': 'sans-serif',
      'font-size': 12,
    },
    element('rect', { width, height, fill: '#ffffff' }),
    legend(),
    ...gridOf(scale, end),
    ...bars.map((bar) => drawn(bar, scale)),
    verticalLine(scale.position(1), { y1: headHeight, y2: end, stroke: colors.goal }),
  ).toString();
}

function barsOf(rows: readonly Row[]): Bar[] {
  const bars: Bar[] = [];
  let y = headHeight;
  for (const row of rows) {
    if (row.ratio === undefined) continue;
    const before = bars.at(-1);
    if (before !== undefined && before.row.unit !== row.unit) y += gap;
    bars.push({ row, ratio: row.ratio, y });
    y += rowHeight;
  }
  return bars;
}

function drawn({ row, ratio, y }: Bar, scale: LogScale): viz.Markup {
  const [one, at] = [scale.position(1), scale.position(ratio)];
  const text = y + rowHeight - 7;
  const result = labelWidth + barWidth + 10;
  const box = { x: Math.min(one, at), y: y + 3, width: tenths(Math.abs(at - one)) };
  const fill = ratio >= 1 ? colors.better : colors.worse;
  const ends = { y1: y + 1, y2: y + rowHeight - 1, stroke: colors.goal, 'stroke-width': 2 };
  return element(
    'g',
    {},
    element('text', { x: labelWidth - 10, y: text, 'text-anchor': 'end' }, row.case),
    element('rect', { ...box, height: rowHeight - 6, fill }),
    ...(row.goal === undefined ? [] : [verticalLine(scale.position(row.goal), ends)]),
    element('text', { x: result, y: text }, `${rounded(ratio)}x`),
    element('text', { x: result + 46, y: text, ...quiet }, bestPeer(row)?.name ?? ''),
  );
}

function gridOf(scale: LogScale, end: number): viz.Markup[] {
  return scale.ticks().flatMap((tick) => {
    const x = scale.position(tick);
    const y = headHeight - 8;
    return [
      verticalLine(x, { y1: headHeight - 4, y2: end, stroke: colors.grid }),
      element('text', { x, y, 'text-anchor': 'middle', ...quiet }, `${tick}x`),
    ];
  });
}

function legend(): viz.Markup {
  const entry = (x: number, mark: viz.Markup, text: string) => [
    mark,
    element('text', { x: x + 16, y: 19 }, text),
  ];
  const square = (x: number, fill: string) =>
    element('rect', { x, y: 9, width: 11, height: 11, fill });
  const [better, worse, goal] = [labelWidth, labelWidth + 150, labelWidth + 250] as const;
  const tick = { y1: 8, y2: 21, stroke: colors.goal, 'stroke-width': 2 };
  return element(
    'g',
    {},
    ...entry(better, square(better, colors.better), 'better than the best peer'),
    ...entry(worse + 20, square(worse + 20, colors.worse), 'not better'),
    ...entry(goal + 15, verticalLine(goal + 21, tick), 'goal'),
    element('text', { x: labelWidth + barWidth + 10, y: 19, ...quiet }, 'ratio, best peer'),
  );
}

function verticalLine(x: number, attributes: Readonly<Record<string, string | number>>) {
  return element('line', { x1: x, x2: x, ...attributes });
}

function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
