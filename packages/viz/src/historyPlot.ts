import { OptionError } from '@gradus/tensor';
import { drawLineChart, titleHeight } from './lineChart';
import { element } from './markup';
import { round, svgPicture } from './svgText';

/** What a training went through, as `fit` returns it. */
export interface PlottedHistory {
  /** The numbers of the epochs, which count from 0. */
  readonly epoch: readonly number[];
  /** For `loss` and each metric and, with validation, `val_loss` and so on: one number an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** What to show of a training, and how large. */
export interface HistoryPlotOptions {
  /** Which numbers, from top to bottom. Default: all, each with its validation. */
  readonly metrics?: readonly string[];
  readonly title?: string;
  /** Whether equal distances upwards are equal factors, where `loss` is shown. Default false. */
  readonly logLoss?: boolean;
  /** Pixels, at least 200; default 640. */
  readonly width?: number;
  /** Pixels for each chart, at least 150; default 260. */
  readonly height?: number;
}

/**
 * The curves of a training as an SVG picture: below one another a chart for the loss and each metric, on
 * the training data and, dashed, in validation. Epochs count from 1.
 * @throws OptionError if there is nothing to show, or no number of a name, or the picture would be too
 *   small to read.
 */
export function historyPlot(plotted: PlottedHistory, options: HistoryPlotOptions = {}): string {
  checkHistory(plotted);
  const { title, logLoss = false, width = 640, height = 260 } = options;
  const names = checkNames(plotted, options.metrics ?? shownNames(plotted));
  let top = 0;
  const charts = names.map((name, i) => {
    const isFirst = i === 0;
    const heading = isFirst && title !== undefined ? { title } : {};
    const chart = drawLineChart('historyPlot', {
      ...heading,
      series: seriesOf(plotted, name),
      yLabel: name,
      logY: logLoss && name === 'loss',
      width,
      height: height + (title !== undefined && isFirst ? titleHeight : 0),
      ...(i === names.length - 1 && { xLabel: 'epoch' }),
    });
    const placed = element('g', { transform: `translate(0 ${round(top)})` }, chart.markup);
    top += chart.height;
    return placed;
  });
  return svgPicture({ width, height: top, label: title ?? 'Training history' }, ...charts);
}

/** `fit` returns more than the numbers, and these alone are easily given in its place. */
function checkHistory(plotted: Partial<PlottedHistory> | undefined): void {
  if (plotted?.history !== undefined && plotted.epoch !== undefined) return;
  throw new OptionError({
    op: 'historyPlot',
    expected: 'what fit returns, with its epoch and history',
    received: 'something else',
    hint: 'Give it all: historyPlot(await model.fit(x, y)).',
  });
}

/** Those that are not the validation of another. */
function shownNames({ history }: PlottedHistory): readonly string[] {
  const isValidation = (name: string): boolean =>
    name.startsWith('val_') && Object.hasOwn(history, name.slice('val_'.length));
  return Object.keys(history).filter((name) => !isValidation(name));
}

function checkNames({ history }: PlottedHistory, names: readonly string[]): readonly string[] {
  const known = Object.keys(history);
  const odd = names.find((name) => !known.includes(name));
  if (names.length > 0 && odd === undefined) return names;
  throw new OptionError({
    op: 'historyPlot',
    expected:
      known.length === 0 ? 'a history of at least one epoch' : `metrics among ${known.join(', ')}`,
    received: odd === undefined ? 'none' : `'${odd}'`,
  });
}

function seriesOf({ epoch, history }: PlottedHistory, name: string) {
  const points = (key: string) =>
    epoch.map((number, i) => [number + 1, history[key]![i] ?? NaN] as const);
  const training = { name: 'training', points: points(name) };
  const validation = `val_${name}`;
  if (!Object.hasOwn(history, validation)) return [training];
  return [training, { name: 'validation', points: points(validation), dashed: true }];
}
