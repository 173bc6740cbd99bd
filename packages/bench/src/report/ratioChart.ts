import { viz } from 'gradus';
import type { Row } from '../harness/row';
import { rounded } from './rowsToText';

const rowHeight = 22;
const margin = 16;
const labelWidth = 270;
const barWidth = 380;
const numberWidth = 60;
const colors = { better: '#2563a8', worse: '#b3562b', goal: '#1a1a1a', one: '#888888' };

/**
 * Bars for the ratios of all rows that have one, on a logarithmic scale: to the right of the line at
 * 1 where we are better, to the left where we are not. A tick marks the goal.
 */
export function ratioChart(rows: readonly Row[]): string {
  const { element } = viz;
  const bars = rows.flatMap(({ case: name, ratio, goal }) =>
    ratio === undefined ? [] : [{ name, ratio, goal }],
  );
  const ratios = bars.flatMap(({ ratio, goal }) => [ratio, goal ?? 1]);
  const low = Math.min(0.5, ...ratios);
  const high = Math.max(2, ...ratios);
  const position = (ratio: number) =>
    round(labelWidth + (Math.log(ratio / low) / Math.log(high / low)) * barWidth);
  const width = labelWidth + barWidth + numberWidth + margin;
  const height = 2 * margin + bars.length * rowHeight;
  const one = position(1);
  const drawn = bars.map(({ name, ratio, goal }, i) => {
    const y = margin + i * rowHeight;
    const [from, to] = [Math.min(one, position(ratio)), Math.max(one, position(ratio))];
    const fill = ratio >= 1 ? colors.better : colors.worse;
    const text = y + rowHeight - 7;
    return element(
      'g',
      {},
      element('text', { x: labelWidth - 10, y: text, 'text-anchor': 'end' }, name),
      element('rect', { x: from, y: y + 3, width: round(to - from), height: rowHeight - 6, fill }),
      ...(goal === undefined ? [] : [verticalLine(position(goal), y, colors.goal)]),
      element('text', { x: labelWidth + barWidth + 10, y: text }, `${rounded(ratio)}x`),
    );
  });
  const label = 'Speed of Gradus over the best peer in each case';
  const axis = element('line', {
    x1: one,
    x2: one,
    y1: margin,
    y2: height - margin,
    stroke: colors.one,
  });
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': label,
      'font-family': 'sans-serif',
      'font-size': 12,
    },
    element('rect', { width, height, fill: '#ffffff' }),
    ...drawn,
    axis,
  ).toString();
}

function verticalLine(x: number, y: number, stroke: string): viz.Markup {
  const ends = { x1: x, x2: x, y1: y + 1, y2: y + rowHeight - 1 };
  return viz.element('line', { ...ends, stroke, 'stroke-width': 2 });
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
