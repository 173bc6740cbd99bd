import { windowsAlong } from './definition';
import type { ConvolutionPadding } from './implementation';
import type { ConvolutionProblem } from './problems';

const axes = [0, 1] as const;

/** Pixels from the first to the last tap of the filter along an axis. */
function spanAlong(axis: 0 | 1, { filter, settings }: ConvolutionProblem): number {
  return (filter[axis]! - 1) * settings.dilations[axis] + 1;
}

/** The windows along an axis that see no border: which is the first, and how many there are. */
export function interiorAlong(
  axis: 0 | 1,
  problem: ConvolutionProblem,
): { readonly first: number; readonly count: number } {
  const { x, filter, settings } = problem;
  const stride = settings.strides[axis];
  const { before } = windowsAlong(axis, x, filter, settings);
  const first = Math.ceil(before / stride);
  const last = Math.floor((x[1 + axis]! + before - spanAlong(axis, problem)) / stride);
  return { first, count: last - first + 1 };
}

/** A problem with an image large enough for `windows[axis]` windows in its interior. */
export function withInterior(
  problem: ConvolutionProblem,
  windows: readonly [vertical: number, horizontal: number],
): ConvolutionProblem {
  return enlarged(problem, (axis, size) => {
    // The first of them begins less than a stride after the first pixel.
    const reach = windows[axis] * problem.settings.strides[axis] - 1 + spanAlong(axis, problem);
    return Math.max(size, reach);
  });
}

/** A problem with an image so large that the last windows end with its padding; not for `'same'`. */
export function withoutRest(problem: ConvolutionProblem): ConvolutionProblem {
  const { x, filter, settings } = problem;
  return enlarged(problem, (axis, size) => {
    const stride = settings.strides[axis];
    const { before, after } = windowsAlong(axis, x, filter, settings);
    const rest = (size + before + after - spanAlong(axis, problem)) % stride;
    return rest === 0 ? size : size + stride - rest;
  });
}

/** The padding of images that are turned round along some axes (1 vertical, 2 horizontal). */
export function mirrored(
  padding: ConvolutionPadding,
  flippedAxes: readonly number[],
): ConvolutionPadding {
  if (typeof padding === 'string') return padding;
  const [[top, bottom], [left, right]] = padding;
  return [
    flippedAxes.includes(1) ? [bottom, top] : [top, bottom],
    flippedAxes.includes(2) ? [right, left] : [left, right],
  ];
}

function enlarged(
  problem: ConvolutionProblem,
  sizeOn: (axis: 0 | 1, size: number) => number,
): ConvolutionProblem {
  const [batch, height, width, channels] = problem.x as [number, number, number, number];
  const [rows, columns] = axes.map((axis) => sizeOn(axis, axis === 0 ? height : width));
  return { ...problem, x: [batch, rows!, columns!, channels] };
}
