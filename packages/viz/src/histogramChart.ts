import { OptionError, ShapeError } from '@gradus/tensor';
import { bottomRoom, drawAxes, leftRoom, type Axis, type Plot } from './chartAxes';
import { spanOf } from './chartData';
import { lineStyle } from './chartLegend';
import { chartTitle, checkChartSize, margin, titleHeight } from './lineChart';
import { element, type Markup } from './markup';
import { round, svgPicture } from './svgText';
import { linearTicks } from './ticks';

/** How many numbers lie where: bin i holds `counts[i]` of them, from `edges[i]` to `edges[i + 1]`. */
export interface PlottedHistogram {
  /** What stands at its left, such as an epoch. */
  readonly label: string;
  readonly counts: readonly number[];
  readonly edges: readonly number[];
}

/** What a chart of histograms shows, and how large it is. */
export interface HistogramChartOptions {
  /** From top to bottom. */
  readonly histograms: readonly PlottedHistogram[];
  readonly title?: string;
  readonly xLabel?: string;
  /** Pixels, at least 200; default 640. */
  readonly width?: number;
  /** Pixels, at least 150; default 360. */
  readonly height?: number;
}

/** How far a histogram may reach into those above it, as a part of its row. */
const overlap = 0.6;
/** Pixels from one label to the next, at least; labels in between are left out. */
const labelHeight = 15;
/** Beyond this an axis could not be divided: distances would overflow. */
const largest = 1e300;

/**
 * Histograms over one axis, below one another, as an SVG picture: how weights spread in the course of
 * a training. Equal areas are equal shares of a histogram's numbers.
 * @throws ShapeError if there is no histogram, or one has not one edge more than it has counts.
 * @throws OptionError if there is no list of histograms, edges do not rise, or the picture would be too small to read.
 */
export function histogramChart(options: HistogramChartOptions): string {
  checkNamed(options);
  const { histograms, title, xLabel, width = 640, height = 360 } = options;
  checkChartSize('histogramChart', { width, height });
  checkHistograms(histograms);
  const { low, high, marks } = linearTicks(
    ...spanOf(
      histograms.flatMap(({ edges }) => edges),
      [0, 1],
    ),
  );
  const rows = histograms.map(({ label }, i) => ({ value: i, label }));
  const left = margin + leftRoom(rows, undefined);
  const top = margin + (title === undefined ? 0 : titleHeight);
  const plot: Plot = {
    left,
    top,
    right: width - margin,
    bottom: height - margin - bottomRoom(xLabel),
  };
  const rowHeight = (plot.bottom - top) / (histograms.length + overlap);
  const x: Axis = {
    label: xLabel,
    marks,
    position: (value) => left + ((value - low) / (high - low)) * (plot.right - left),
  };
  const every = Math.ceil(labelHeight / rowHeight);
  const y: Axis = {
    label: undefined,
    marks: rows.map((row) => (row.value % every === 0 ? row : { ...row, label: '' })),
    position: (row) => plot.bottom - (histograms.length - 1 - row) * rowHeight,
  };
  const [, highest] = spanOf(histograms.flatMap(densitiesOf), [0, 1]);
  const scale = (rowHeight * (1 + overlap)) / (highest || 1);
  return svgPicture(
    { width, height, label: title ?? 'Histograms' },
    ...(title === undefined ? [] : [chartTitle(left, title)]),
    drawAxes(plot, x, y),
    ...histograms.map((histogram, row) => outline(histogram, [x, y.position(row)], scale)),
  );
}

/** The share of the numbers per unit of the axis, bin by bin. */
function densitiesOf({ counts, edges }: PlottedHistogram): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map((count, i) => Math.min(count / all / (edges[i + 1]! - edges[i]!), largest));
}

/** The steps of a histogram over its base line. */
function outline(
  histogram: PlottedHistogram,
  [x, base]: readonly [Axis, number],
  scale: number,
): Markup {
  const { edges } = histogram;
  const steps = densitiesOf(histogram).map((density, i) => {
    const level = round(base - density * scale);
    return `L${round(x.position(edges[i]!))} ${level}L${round(x.position(edges[i + 1]!))} ${level}`;
  });
  const [first, last] = [round(x.position(edges[0]!)), round(x.position(edges.at(-1)!))];
  const { color } = lineStyle(0, false);
  return element('path', {
    d: `M${first} ${round(base)}${steps.join('')}L${last} ${round(base)}`,
    fill: color,
    'fill-opacity': 0.35,
    stroke: color,
    'stroke-linejoin': 'round',
  });
}

/** A list of histograms alone is easily given in their place. */
function checkNamed(options: Partial<HistogramChartOptions> | undefined): void {
  if (Array.isArray(options?.histograms)) return;
  throw new OptionError({
    op: 'histogramChart',
    expected: 'options with histograms, a list',
    received: Array.isArray(options) ? 'a list' : typeof options?.histograms,
    hint: "Name it: histogramChart({ histograms: [{ label: 'kernel', counts, edges }] }).",
  });
}

function checkHistograms(histograms: readonly PlottedHistogram[]): void {
  const op = 'histogramChart';
  if (histograms.length === 0) {
    throw new ShapeError({ op, expected: 'at least one histogram', received: 'none' });
  }
  for (const { label, counts, edges } of histograms) {
    if (counts.length === 0 || edges.length !== counts.length + 1) {
      throw new ShapeError({
        op,
        expected: `one edge more than counts in '${label}'`,
        received: `${edges.length} edges and ${counts.length} counts`,
      });
    }
    const rises = edges.every((edge, i) => Math.abs(edge) <= largest && !(edge <= edges[i - 1]!));
    if (!rises || !counts.every((count) => count >= 0 && count < Infinity)) {
      throw new OptionError({
        op,
        expected: `finite edges that rise, and counts of at least 0, in '${label}'`,
        received: `edges [${edges.join(', ')}] and counts [${counts.join(', ')}]`,
      });
    }
  }
}
