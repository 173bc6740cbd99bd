import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { roomFor } from '../checks/roomFor';
import { spatialShape, windowsOn, type WindowsAlong, type WindowsOptions } from './windows';

/** How a convolution walks over x [batch, ...spatial axes, channels]. */
export interface ConvolutionOptions extends WindowsOptions {
  /** Number of channel groups that are convolved apart from each other. Default 1. */
  readonly groups?: number | undefined;
}

/** What a convolution is called with. */
export interface ConvolutionShapes {
  readonly x: Shape;
  readonly filter: Shape;
}

const filterAxes = ['size', 'height, width', 'depth, height, width'];

/**
 * The windows of the convolution `op` of x [batch, ...spatial axes, channels] with a filter
 * [...spatial axes, channels / groups, filters], and its number of groups.
 * @throws ShapeError if ranks or channels do not fit, or the filter is larger than x with its
 * padding.
 * @throws OptionError if an option is out of range.
 */
export function convolutionWindows(
  op: string,
  { x, filter }: ConvolutionShapes,
  { groups = 1, ...options }: ConvolutionOptions,
  spatialAxes: 1 | 3,
): { readonly windows: readonly WindowsAlong[]; readonly groups: number } {
  checkWhole(op, { groups }, 1);
  checkRank(op, x, spatialAxes);
  const last = `${filterAxes[spatialAxes - 1]!}, channels / groups, filters`;
  checkFilter(op, filter, { axes: last, spatialAxes });
  checkChannels(op, { x, filter }, { groups, spatialAxes });
  const windows = windowsOn(op, x, filter.slice(0, spatialAxes), options);
  const output = windows.map((axis) => axis.output);
  roomFor(op, [x[0]!, ...output, filter.at(-1)!]);
  return { windows, groups };
}

/** @throws ShapeError if x is not [batch, ...spatial axes, channels]. */
export function checkRank(op: string, x: Shape, spatialAxes: number): void {
  const rank = spatialAxes + 2;
  if (x.length === rank) return;
  const single = x.length === rank - 1 ? ` Try reshape(x, ${formatShape([1, ...x])}).` : '';
  throw new ShapeError({
    op,
    expected: `x ${spatialShape(spatialAxes)}`,
    received: formatShape(x),
    hint: `x has ${x.length} ${x.length === 1 ? 'axis' : 'axes'}, not ${rank}.${single}`,
  });
}

/**
 * @throws ShapeError if the filter has not two axes more than there are spatial ones, or no taps.
 */
export function checkFilter(
  op: string,
  filter: Shape,
  { axes, spatialAxes }: { readonly axes: string; readonly spatialAxes: number },
): void {
  const taps = filter.slice(0, spatialAxes);
  if (filter.length === spatialAxes + 2 && !taps.includes(0)) return;
  throw new ShapeError({
    op,
    expected: `a filter [${axes}] of at least ${taps.length === 1 ? '1 tap' : new Array(spatialAxes).fill(1).join('x')}`,
    received: formatShape(filter),
  });
}

function checkChannels(
  op: string,
  { x, filter }: ConvolutionShapes,
  { groups, spatialAxes }: { readonly groups: number; readonly spatialAxes: number },
): void {
  const [perGroup, filters] = filter.slice(-2) as [number, number];
  if (x.at(-1) !== perGroup * groups) {
    throw new ShapeError({
      op,
      expected: `x ${spatialShape(spatialAxes, perGroup * groups)}`,
      received: formatShape(x),
      hint:
        `The last axis is ${x.at(-1)}; the filter ${formatShape(filter)} takes ${perGroup} channels ` +
        `in each of ${groups} group${groups === 1 ? '' : 's'}.`,
    });
  }
  checkDivisible(op, 'filters', filters, groups);
}

/** @throws ShapeError if so many filters or channels cannot be shared among the groups. */
export function checkDivisible(op: string, what: string, count: number, groups: number): void {
  if (count % groups === 0) return;
  throw new ShapeError({
    op,
    expected: `a number of ${what} divisible by ${groups} groups`,
    received: `${count}`,
  });
}
